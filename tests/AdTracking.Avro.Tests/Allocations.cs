namespace AdTracking.Avro.Tests;

/// <summary>Counts what a piece of code allocates once it is warm.</summary>
internal static class Allocations
{
    private const int WarmUps = 50;
    private const int Rounds = 200;

    /// <summary>Bytes allocated on this thread by many rounds.</summary>
    public static long Of(Action action)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
