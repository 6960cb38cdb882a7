using AdTracking.Emitter.Testing.Simulation;

namespace AdTracking.Emitter.Tests.Simulation;

/// <summary>Schedules of the simulator that are the same in every run: some that must hold, those that once failed, and for each rule one that
/// shows when it is broken. <c>Simulation.Tests</c> looks for others.</summary>
public sealed class KnownScheduleTests(ITestOutputHelper output)
{
    private const int First = 20_171_107;
    private const int Count = 2_000;

    /// <summary>How far to look where a pinned seed shows nothing any more, because the emitter asks the dice in another order.</summary>
    private const int Enough = 20_000;

    [Fact]
    public void Schedules_Fixed_LoseNothingAndDoubleNothing() => SimSearch.Run(First, Count, output.WriteLine);

    [Theory]
    [InlineData(20_241_532)] // a request that landed late was made visible later than the settling time allows: a mistake of the simulation
    [InlineData(17_216)] // a deleted segment that a power cut brings back sends what nobody was promised; once, which is allowed
    [InlineData(20_250_544)] // the same
    [InlineData(20_189_544)] // a batch of which nothing could be read was done, and its segment gone, when settling came to read it
    public void Schedule_SeedThatFailedOnce_HoldsNow(int seed) => SimRun.Of(seed).Problem.ShouldBeNull();

    [Theory]
    [InlineData(SimVariant.MarkOfSpill, 5)]
    [InlineData(SimVariant.HandOverWhileWriting, 9)]
    [InlineData(SimVariant.NotesDropped, 9)]
    [InlineData(SimVariant.NoReconcileWait, 2)]
    [InlineData(SimVariant.CopiedAside, 5)]
    [InlineData(SimVariant.StopByTimestamp, 14)]
    [InlineData(SimVariant.SyncAfterAnswer, 5)]
    [InlineData(SimVariant.NoDirectorySync, 2)]
    public void Schedule_OneRuleBroken_ItShows(object variant, int pinned)
    {
        var seed = SimRun.FirstThatShows((SimVariant)variant, pinned, Enough);

        output.WriteLine(seed == pinned ? $"seed {seed} shows it" : $"seed {pinned} shows it no more: pin {seed}");
    }
}
