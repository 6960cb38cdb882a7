namespace AdTracking.Kafka.Producing;

/// <summary>Records of one partition that wait, in order. Those that come back go to the front.</summary>
internal sealed class RecordQueue
{
    private OutgoingRecord[] _ring = new OutgoingRecord[64];
    private int _first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>The first one.</summary>
    public ref readonly OutgoingRecord First => ref _ring[_first];

    /// <summary>Appends records.</summary>
    public void AddLast(ReadOnlySpan<OutgoingRecord> records)
    {
        Grow(records.Length);
        foreach (ref readonly var record in records)
        {
            _ring[(_first + Count++) & (_ring.Length - 1)] = record;
        }
    }

    /// <summary>Puts records back, before all others.</summary>
    public void AddFirst(ReadOnlySpan<OutgoingRecord> records)
    {
        Grow(records.Length);
        for (var i = records.Length - 1; i >= 0; i--)
        {
            _first = (_first - 1) & (_ring.Length - 1);
            _ring[_first] = records[i];
            Count++;
        }
    }

    /// <summary>Takes the first one.</summary>
    public OutgoingRecord Take()
    {
        var record = _ring[_first];
        _ring[_first] = default;
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
        return record;
    }

    private void Grow(int records)
    {
        if (Count + records <= _ring.Length)
        {
            return;
        }

        var grown = new OutgoingRecord[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(Count + records))];
        for (var i = 0; i < Count; i++)
        {
            grown[i] = _ring[(_first + i) & (_ring.Length - 1)];
        }

        _ring = grown;
        _first = 0;
    }
}
