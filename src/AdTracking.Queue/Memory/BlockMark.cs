namespace AdTracking.Queue.Memory;

/// <summary>A list of numbers that whoever delivers takes before a block's first event is sent, and that bounds the block's events from
/// below in Kafka's log: the acknowledged offset of every partition, by the partition's index. Here it is only kept.</summary>
internal sealed class BlockMark
{
    private long[] _offsets = [];
    private int _count;

    /// <summary>Numbers in the mark; 0 when it was not taken. Another thread that sees it sees the numbers as well.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the mark was taken.</summary>
    public bool IsTaken => Count > 0;

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<long> Offsets => _offsets.AsSpan(0, Count);

    /// <summary>Where so many numbers go, before <see cref="Take"/>. The array is kept for the block's next use.</summary>
    public Span<long> Prepare(int count)
    {
        if (_offsets.Length < count)
        {
            _offsets = new long[count];
        }

        return _offsets.AsSpan(0, count);
    }

    /// <summary>The numbers are written: from now on the mark is taken.</summary>
    public void Take(int count) => Volatile.Write(ref _count, count);

    /// <summary>Forgets the mark.</summary>
    public void Clear() => Volatile.Write(ref _count, 0);
}
