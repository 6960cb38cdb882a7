using System.Diagnostics.Metrics;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Journal;

namespace AdTracking.Gateway.Tests.Telemetry;

public sealed class SnapshotSourceTests
{
    [Fact]
    public void Collect_TwoScrapes_TakeOneSnapshotEachAndAllNumbersAreFromIt()
    {
        var taken = 0;
        using var meter = new Meter("AdTracking.SnapshotSourceTests");
        var source = new SnapshotSource(() => Stats(++taken));
        meter.CreateObservableGauge("first", () => source.Refresh().QueueBytes);
        JournalMetrics.Register(meter, source);
        meter.CreateObservableGauge("last", () => source.Current.QueueBytes);
        using var collector = new MeterCollector(instrument => ReferenceEquals(instrument.Meter, meter));

        collector.Collect();
        var page = collector.Collect();

        taken.ShouldBe(2);
        page.ShouldContain("\nfirst 2\n");
        page.ShouldContain("\nlast 2\n");
        page.ShouldContain("\nadtracking_journal_spills_total 2\n");
    }

    private static PipelineStats Stats(int number) => new()
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
        Journal = new JournalStats { Spills = number },
    };
}
