namespace AdTracking.Kafka.Producing;

/// <summary>Records on their way from the thread that hands them over to the one that sends them, in order. The memory is used again.</summary>
internal sealed class HandOvers
{
    private readonly List<(int Topic, int Partition, int End)> _runs = [];
    private OutgoingRecord[] _records = new OutgoingRecord[1_024];

    /// <summary>How many times records of one partition were added.</summary>
    public int Count => _runs.Count;

    private int RecordCount => _runs.Count == 0 ? 0 : _runs[^1].End;

    /// <summary>Adds records of one partition.</summary>
    public void Add(int topic, int partition, ReadOnlySpan<OutgoingRecord> records)
    {
        var start = RecordCount;
        if (start + records.Length > _records.Length)
        {
            Array.Resize(ref _records, Math.Max(2 * _records.Length, start + records.Length));
        }

        records.CopyTo(_records.AsSpan(start));
        _runs.Add((topic, partition, start + records.Length));
    }

    /// <summary>The records that one call has added.</summary>
    public ReadOnlySpan<OutgoingRecord> Read(int index, out int topic, out int partition)
    {
        (topic, partition, var end) = _runs[index];
        return _records.AsSpan((index == 0 ? 0 : _runs[index - 1].End)..end);
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear() => _runs.Clear();
}
