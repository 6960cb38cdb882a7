namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One seed from beginning to end: twice, the second time with recoveries before the last one that come to no end.</summary>
internal static class SimRun
{
    /// <summary>What is wrong with this seed, or null; and what happened in it.</summary>
    public static (string? Problem, SimCounts Met) Of(int seed, SimVariant variant = SimVariant.None)
    {
        var met = new SimCounts();
        try
        {
            using var world = new SimWorld(seed, variant);
            met = world.Counts;
            var problem = world.Run();
            if (problem is not null || variant != SimVariant.None)
            {
                return (problem, met);
            }

            // What was promised must be there as often as before, which is once.
            using var again = new SimWorld(seed, variant);
            problem = again.Run(RecoveriesOf(seed));
            return (problem is null ? null : "after more recoveries: " + problem, met);
        }
        catch (Exception failure) when (failure is not SimCrashException)
        {
            return ($"{failure.GetType().Name}: {failure.Message}{Environment.NewLine}{failure.StackTrace}", met);
        }
    }

    /// <summary>The first seed from <paramref name="first"/> on that shows that the rule is broken; fails after so many.</summary>
    public static int FirstThatShows(SimVariant variant, int first, int count)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            if (Of(seed, variant).Problem is not null)
            {
                return seed;
            }
        }

        throw new ShouldAssertException($"{variant}: {count} schedules from seed {first} on without a problem");
    }

    /// <summary>Everything that happens in a schedule, to see why it failed.</summary>
    public static void Show(int seed, Action<string> writeLine)
    {
        foreach (var recoveries in (int[])[0, RecoveriesOf(seed)])
        {
            using var world = new SimWorld(seed) { Trace = writeLine };
            writeLine($"seed {seed} with {recoveries} more recoveries:");
            try
            {
                writeLine(world.Run(recoveries) ?? "it held");
            }
            catch (Exception failure) when (failure is not SimCrashException)
            {
                writeLine(failure.ToString());
            }
        }
    }

    private static int RecoveriesOf(int seed) => 1 + (seed % 3);
}
