using System.Globalization;
using AdTracking.Testing;

namespace AdTracking.Simulation.Tests;

/// <summary>Power loss, kills, failing disks and an unsteady cluster, in schedules that no run before has seen: whatever was answered as
/// stored is in Kafka in the end, and nothing is there twice. What must always hold or fail is in the emitter's own tests.</summary>
public sealed class FreshScheduleTests(ITestOutputHelper output)
{
    private const int Usual = 10_000;

    /// <summary>A broken rule shows within some hundred schedules.</summary>
    private const int Enough = 20_000;

    // A million in make faults.
    private static readonly int Schedules =
        int.Parse(Environment.GetEnvironmentVariable("TEST_SCHEDULES") ?? $"{Usual}", CultureInfo.InvariantCulture);

    [Fact]
    public void Schedules_Random_LoseNothingAndDoubleNothing() =>
        SimSearch.Run(Seeds.Fresh(output), Schedules, output.WriteLine).ShouldHaveMetEverything();

    [Theory]
    [InlineData(SimVariant.MarkOfSpill)]
    [InlineData(SimVariant.HandOverWhileWriting)]
    [InlineData(SimVariant.NotesDropped)]
    [InlineData(SimVariant.NoReconcileWait)]
    [InlineData(SimVariant.CopiedAside)]
    [InlineData(SimVariant.StopByTimestamp)]
    [InlineData(SimVariant.SyncAfterAnswer)]
    [InlineData(SimVariant.NoDirectorySync)]
    public void Schedules_OneRuleBroken_ItShows(object variant)
    {
        var first = Seeds.Fresh(output);

        var seed = SimRun.FirstThatShows((SimVariant)variant, first, Enough);

        output.WriteLine($"after {seed - first + 1} schedules, with seed {seed}");
    }
}
