using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Stops a value that outgrows its limit.</summary>
internal static class StepLimits
{
    public static void Check(ref AvroReader source, ResolvedBytes target)
    {
        if (target.IsFull)
        {
            source.Fail(AvroReadError.TooLong);
        }
    }
}
