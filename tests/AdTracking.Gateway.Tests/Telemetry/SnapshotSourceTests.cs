using System.Diagnostics.Metrics;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;

namespace AdTracking.Gateway.Tests.Telemetry;

public sealed class SnapshotSourceTests
{
    [Fact]
    public void Collect_TwoScrapes_TakeOneSnapshotEachAndAllNumbersAreFromIt()
    {
        var taken = 0;
        var ledger = new Ledger();
        ledger.Count(1, EventTopic.Click, 6, LedgerColumn.Received, 7);
        ledger.Count(1, EventTopic.Click, 6, LedgerColumn.Accepted, 7);
        ledger.Count(1, EventTopic.Click, 6, EventOutcome.ClickNotStored, 3);
        using var meter = new Meter("AdTracking.SnapshotSourceTests");
        var source = new SnapshotSource(() => Stats(++taken, ledger.Totals()));
        meter.CreateObservableGauge("first", () => source.RefreshedPipeline().QueueBytes);
        JournalMetrics.Register(meter, source);
        LedgerMetrics.Register(meter, source);
        meter.CreateObservableGauge("last", () => source.Pipeline.QueueBytes);
        using var collector = new MeterCollector(instrument => ReferenceEquals(instrument.Meter, meter));

        collector.Collect();
        var page = collector.Collect();

        taken.ShouldBe(2);
        page.ShouldContain("\nfirst 2\n");
        page.ShouldContain("\nlast 2\n");
        page.ShouldContain("\nadtracking_journal_spills_total 2\n");
        page.ShouldContain("\nadtracking_ledger_received_total{class=\"click\",bucket=\"b05\"} 7\n");
        page.ShouldContain("\nadtracking_ledger_lost_total{class=\"click\",bucket=\"b05\",reason=\"click_not_stored\"} 3\n");
    }

    private static PipelineStats Stats(int number, IReadOnlyList<LedgerCell> totals) => new()
    {
        QueueBytes = number,
        BlocksInUse = 0,
        BlocksMax = 0,
        OldestAgeMs = 0,
        InFlightEvents = 0,
        InFlightBytes = 0,
        Waiters = 0,
        TickMs = 0,
        HandedOver = 0,
        PartitionBatches = 0,
        PartitionErrors = 0,
        RecordErrors = 0,
        ProducersReplaced = 0,
        Topics = [],
        Totals = totals,
        Journal = new JournalStats { Spills = number },
    };
}
