using AdTracking.Testing;

namespace AdTracking.Simulation.Tests;

/// <summary>Power loss, kills, failing disks and an unsteady cluster, in seeded schedules of the emitter's own parts: whatever was answered
/// as stored is in Kafka in the end, and nothing is there twice. Each rule that this rests on is broken once, and that must show.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    // TEST_SCHEDULES, with TEST_SEED, for longer searches and shorter tries.
    private static readonly int Schedules = int.Parse(Environment.GetEnvironmentVariable("TEST_SCHEDULES") ?? "100000");

    [Fact]
    public void Schedules_Random_LoseNothingAndDoubleNothing()
    {
        var first = Seeds.Next(output);
        var counts = new SimCounts();
        var failures = new SortedList<int, string>();
        var gate = new Lock();

        // Half of the cores: other tests wait for brokers meanwhile.
        var cores = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) };
        Parallel.For(0, Schedules, cores, i =>
        {
            if (failures.Count >= 10)
            {
                return;
            }

            (var problem, var met) = Run(first + i, SimVariant.None);
            lock (gate)
            {
                counts.Add(met);
                if (problem is not null)
                {
                    failures.Add(i, $"seed {first + i}: {problem}");
                }
            }
        });
        output.WriteLine(counts.ToString());
        if (failures.Count > 0)
        {
            Show(first + failures.Keys[0]);
        }

        failures.Values.ShouldBeEmpty();
        counts.ShouldHaveMetEverything();
    }

    [Theory]
    [InlineData(20_241_532)] // a request that landed late was made visible later than the settling time allows: a mistake of the simulation
    [InlineData(17_216)] // a deleted segment that a power cut brings back sends what nobody was promised; once, which is allowed
    [InlineData(20_250_544)] // the same
    [InlineData(20_189_544)] // a batch of which nothing could be read was done, and its segment gone, when settling came to read it
    public void Schedule_SeedThatFailedOnce_HoldsNow(int seed) => Run(seed, SimVariant.None).Problem.ShouldBeNull();

    [Theory]
    [InlineData(SimVariant.MarkOfSpill)]
    [InlineData(SimVariant.HandOverWhileWriting)]
    [InlineData(SimVariant.NotesDropped)]
    [InlineData(SimVariant.NoSettleWait)]
    [InlineData(SimVariant.CopiedAside)]
    [InlineData(SimVariant.StopByTimestamp)]
    [InlineData(SimVariant.SyncAfterAnswer)]
    [InlineData(SimVariant.NoDirectorySync)]
    public void Schedules_OneRuleBroken_ItShows(object variant)
    {
        const int Enough = 20_000;
        for (var seed = 0; seed < Enough; seed++)
        {
            if (Run(seed, (SimVariant)variant).Problem is not { } problem)
            {
                continue;
            }

            output.WriteLine($"seed {seed}: {problem}");
            return;
        }

        Assert.Fail($"{Enough} schedules without a problem");
    }

    // Everything that happens in a schedule, to see why it failed; also with the recoveries that it is run with again.
    private void Show(int seed)
    {
        foreach (var recoveries in (int[])[0, RecoveriesOf(seed)])
        {
            using var world = new SimWorld(seed) { Trace = output.WriteLine };
            output.WriteLine($"seed {seed} with {recoveries} more recoveries:");
            try
            {
                output.WriteLine(world.Run(recoveries) ?? "it held");
            }
            catch (Exception failure) when (failure is not SimCrashException)
            {
                output.WriteLine(failure.ToString());
            }
        }
    }

    private static int RecoveriesOf(int seed) => 1 + (seed % 3);

    private static (string? Problem, SimCounts Met) Run(int seed, SimVariant variant)
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

            // Again, with recoveries before the last one that come to no end: what was promised must be there as often, which is once.
            using var again = new SimWorld(seed, variant);
            problem = again.Run(RecoveriesOf(seed));
            return (problem is null ? null : "after more recoveries: " + problem, met);
        }
        catch (Exception failure) when (failure is not SimCrashException)
        {
            return ($"{failure.GetType().Name}: {failure.Message}{Environment.NewLine}{failure.StackTrace}", met);
        }
    }
}
