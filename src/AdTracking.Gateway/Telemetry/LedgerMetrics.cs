using System.Diagnostics.Metrics;
using AdTracking.Emitter;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Telemetry;

/// <summary>The ledger's sums over all minutes since the start, by class and publisher bucket. Every label comes from a closed list.</summary>
internal static class LedgerMetrics
{
    public static void Register(Meter meter, SnapshotSource source)
    {
        void Sum(string name, Func<LedgerCell, long> read, string description) =>
            meter.CreateObservableCounter("adtracking.ledger." + name, () => Cells(source, read), "{event}", description);

        void Column(LedgerColumn column, string description) => Sum(column.Tag(), cell => cell[column], description);

        void Outcome(EventOutcome outcome, string description) => Sum(outcome.Tag(), cell => cell[outcome], description);

        Column(LedgerColumn.Received, "Events that came in.");
        Column(LedgerColumn.Accepted, "Events that entered the queue.");
        Column(LedgerColumn.Recovered, "Events that the start found in the journal.");
        Outcome(EventOutcome.Delivered, "Events that Kafka has.");
        Column(LedgerColumn.StruckOut, "Of these, events that reconciliation found in Kafka's log.");
        Outcome(EventOutcome.DeadLettered, "Events that Kafka refused for good; they are in the bad-events topic.");
        meter.CreateObservableUpDownCounter(
            "adtracking.ledger.waiting", () => Waiting(source), "{event}", "Events without an outcome, by where they are.");
        meter.CreateObservableCounter("adtracking.ledger.lost", () => Lost(source), "{event}", "Events that were lost, by reason.");
        meter.CreateObservableCounter("adtracking.ledger.rejected", () => Rejected(source), "{event}", "Events that were refused, by code.");
    }

    /// <summary>The class as metrics and answers name it.</summary>
    public static string ClassOf(EventTopic topic) => topic == Ledger.UnknownClass ? "unknown" : topic.Tag();

    private static IEnumerable<Measurement<long>> Cells(SnapshotSource source, Func<LedgerCell, long> read)
    {
        foreach (var cell in source.Totals)
        {
            if (read(cell) is var count and not 0)
            {
                yield return new(count, Class(cell), Bucket(cell));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Waiting(SnapshotSource source)
    {
        foreach (var cell in source.Totals)
        {
            if (cell[LedgerColumn.Accepted] + cell[LedgerColumn.Recovered] > 0)
            {
                var journal = cell[LedgerColumn.WaitingJournal];
                yield return new(cell.Waiting - journal, Class(cell), Bucket(cell), new("where", "memory"));
                yield return new(journal, Class(cell), Bucket(cell), new("where", "journal"));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Lost(SnapshotSource source)
    {
        foreach (var cell in source.Totals)
        {
            foreach (var reason in EventOutcomes.Lost.ToArray())
            {
                if (cell[reason] is var count and not 0)
                {
                    yield return new(count, Class(cell), Bucket(cell), new("reason", reason.Tag()));
                }
            }
        }
    }

    // Without the bucket: that many codes times that many buckets are more series than anybody wants to keep. Ledger entries have both.
    private static IEnumerable<Measurement<long>> Rejected(SnapshotSource source)
    {
        foreach (var cells in source.Totals.GroupBy(cell => cell.Topic))
        {
            foreach (var row in FaultCodes.All)
            {
                var count = cells.Sum(cell => cell.RejectedWith(row.Code));
                if (count != 0)
                {
                    yield return new(count, Class(cells.First()), new("code", row.Tag));
                }
            }
        }
    }

    private static KeyValuePair<string, object?> Class(LedgerCell cell) => new("class", ClassOf(cell.Topic));

    private static KeyValuePair<string, object?> Bucket(LedgerCell cell) => new("bucket", PublisherBuckets.Tag(cell.Bucket));
}
