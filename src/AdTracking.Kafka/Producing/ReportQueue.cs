using System.Runtime.InteropServices;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>Reports that wait to be read.</summary>
internal sealed class ReportQueue
{
    private readonly Queue<RecordReport> _reports = new();

    /// <summary>How many wait.</summary>
    public int Count => _reports.Count;

    /// <summary>Takes as many as there is room for.</summary>
    public int Read(Span<RecordReport> reports)
    {
        var count = 0;
        while (count < reports.Length && _reports.TryDequeue(out reports[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Reports one record.</summary>
    public void Add(in OutgoingRecord record, RecordOutcome outcome, KafkaError error) =>
        _reports.Enqueue(new RecordReport(record.Opaque, outcome, -1, error));

    /// <summary>Reports all records of a batch and forgets them.</summary>
    public void AddAll(OpenBatch batch, RecordOutcome outcome, KafkaError error, long baseOffset = -1)
    {
        var offset = baseOffset;
        foreach (ref readonly var record in CollectionsMarshal.AsSpan(batch.Records))
        {
            _reports.Enqueue(new RecordReport(record.Opaque, outcome, offset, error));
            offset += baseOffset < 0 ? 0 : 1;
        }

        batch.Records.Clear();
    }
}
