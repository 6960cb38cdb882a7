namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>Many seeds in a row, on half of the cores: other tests wait for brokers meanwhile.</summary>
internal static class SimSearch
{
    private const int FailuresMax = 10;

    /// <summary>Fails where a seed fails, after it has shown all that happened in the first one; gives what all of them met.</summary>
    public static SimCounts Run(int first, int count, Action<string> writeLine)
    {
        var counts = new SimCounts();
        var failures = new SortedList<int, string>();
        var gate = new Lock();
        var cores = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) };
        Parallel.For(0, count, cores, i =>
        {
            if (failures.Count >= FailuresMax)
            {
                return;
            }

            (var problem, var met) = SimRun.Of(first + i);
            lock (gate)
            {
                counts.Add(met);
                if (problem is not null)
                {
                    failures.Add(i, $"seed {first + i}: {problem}");
                }
            }
        });
        writeLine(counts.ToString());
        if (failures.Count > 0)
        {
            SimRun.Show(first + failures.Keys[0], writeLine);
        }

        failures.Values.ShouldBeEmpty();
        return counts;
    }
}
