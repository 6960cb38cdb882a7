using AdTracking.Queue.Journal;

namespace AdTracking.Emitter.Tests;

public sealed class SpillTakerTests
{
    [Fact]
    public void OldestAgeMs_GroupYoungerThanTheRound_IsTakenLater()
    {
        using var bench = new JournalHarness();
        var taker = new SpillTaker(bench.Core.Clock, bench.Queue, bench.Pool, bench.Core.Marks!, bench.Batches, new JournalRules());
        var batches = new List<SpillBatch>();
        bench.Append("a");
        taker.Take(batches, int.MaxValue);
        bench.Time.Advance(100);

        // Appended between the moment that the round counts as now, and the look into the block.
        bench.Append("b");
        taker.OldestAgeMs(bench.Core.Clock.NowMs - 1, enoughMs: 50).ShouldBe(0);

        taker.Take(batches, int.MaxValue);
        batches.Sum(batch => batch.Groups.Count).ShouldBe(2);
    }
}
