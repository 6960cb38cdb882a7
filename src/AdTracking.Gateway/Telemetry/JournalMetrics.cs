using System.Diagnostics.Metrics;
using AdTracking.Queue.Journal;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Shows what the journal holds and has done.</summary>
internal static class JournalMetrics
{
    public static void Register(Meter meter, SnapshotSource source)
    {
        void Gauge(string name, string unit, string description, Func<JournalStats, long> read) =>
            meter.CreateObservableGauge("adtracking.journal." + name, () => Read(source, read), unit, description);
        void Counter(string name, string unit, string description, Func<JournalStats, long> read) =>
            meter.CreateObservableCounter("adtracking.journal." + name, () => Read(source, read), unit, description);

        Gauge("segments", "{file}", "Segment files of the journal.", journal => journal.Segments);
        Gauge("unread.segments", "{file}", "Of these, files of the run before that are still being read.", journal => journal.UnreadSegments);
        Gauge("size", "By", "Bytes that the journal takes on the disk.", journal => journal.Bytes);
        Gauge("size.limit", "By", "Bytes that it may take.", journal => journal.BytesMax);
        Gauge("waiting.events", "{event}", "Events that are in the journal only and that Kafka has not acknowledged.", journal => journal.WaitingEvents);
        Gauge("waiting.size", "By", "Bytes of the batches that hold them.", journal => journal.WaitingBytes);
        Gauge(
            "questionable.events", "{event}", "Of the waiting events, those that are looked for in Kafka first.", journal => journal.QuestionableEvents);
        meter.CreateObservableGauge(
            "adtracking.journal.oldest.age", () => Read(source, journal => journal.OldestAgeMs) / 1000d, "s", "Age of the oldest waiting batch.");
        Gauge("refusing", "1", "1 while events are refused because the journal can take nothing.", journal => journal.Refusing ? 1 : 0);
        Counter("spilled.events", "{event}", "Events written to the journal.", journal => journal.SpilledEvents);
        Counter("spills", "{batch}", "Batches written to the journal.", journal => journal.Spills);
        Counter("syncs", "{sync}", "Syncs that returned without an error.", journal => journal.Syncs);
        Counter("errors", "{error}", "Calls to the file system that failed.", journal => journal.Errors);
        Counter("recovered.events", "{event}", "Events that the start found in the journal.", journal => journal.RecoveredEvents);
        Counter("struck_out.events", "{event}", "Of these, events that Kafka turned out to have.", journal => journal.StruckOutEvents);
        Counter("damaged.events", "{event}", "Events in the journal that cannot be read any more.", journal => journal.DamagedEvents);
    }

    private static long Read(SnapshotSource source, Func<JournalStats, long> read) => source.Pipeline.Journal is { } journal ? read(journal) : 0;
}
