using AdTracking.Emitter.Delivery;

namespace AdTracking.Emitter.Memory;

/// <summary>The acknowledged offset of every partition at one moment, by the partition's index; -1 where nothing was acknowledged yet. An
/// event that is first handed over after that moment cannot get an offset at or below its partition's entry.</summary>
internal sealed class PartitionMark
{
    private long[] _offsets = [];
    private int _count;

    /// <summary>Partitions in the mark; 0 when it was not taken. Another thread that sees it sees the offsets as well.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the mark was taken.</summary>
    public bool IsTaken => Count > 0;

    /// <summary>The offsets by partition index.</summary>
    public ReadOnlySpan<long> Offsets => _offsets.AsSpan(0, Count);

    /// <summary>Takes the mark. The array is kept for the block's next use.</summary>
    public void Take(ReadOnlySpan<PartitionState> partitions)
    {
        if (_offsets.Length < partitions.Length)
        {
            _offsets = new long[partitions.Length];
        }

        for (var i = 0; i < partitions.Length; i++)
        {
            _offsets[i] = partitions[i].AckedOffset;
        }

        Volatile.Write(ref _count, partitions.Length);
    }

    /// <summary>Forgets the mark.</summary>
    public void Clear() => Volatile.Write(ref _count, 0);
}
