using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Makes a wider number: int, long or float to float or double.</summary>
internal sealed class WidenStep(SchemaType from, SchemaType to) : ResolutionStep
{
    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        if (from == SchemaType.Float)
        {
            Write(source.ReadFloat(), target);
        }
        else
        {
            Write(from == SchemaType.Int ? source.ReadInt() : source.ReadLong(), target);
        }

        StepLimits.Check(ref source, target);
    }

    // Through float first where the reader has one, as Java casts; a long that is not exact in a double is rounded, also there.
    private void Write(long value, ResolvedBytes target)
    {
        if (to == SchemaType.Float)
        {
            target.WriteFloat(value);
        }
        else
        {
            target.WriteDouble(value);
        }
    }

    private static void Write(float value, ResolvedBytes target) => target.WriteDouble(value);
}
