using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Queue.Journal;

/// <summary>The journal's segments: the one that batches go to, and those that still hold something. The journal thread's.</summary>
internal sealed class SegmentStore(IJournalFiles files, JournalOptions options, Guid bootId, Clock clock)
{
    /// <summary>An empty open segment is kept for so long: a broker that hiccups would have one made and deleted each time.</summary>
    private const int IdleMsMax = 10_000;

    private readonly List<StoredSegment> _segments = [];
    private readonly int _noteBytes = options.SegmentBytes / 16;
    private long _nextNumber = 1;
    private long _usedAtMs;
    private long _bytes;
    private int _count;

    /// <summary>Segments.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes on the disk.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Where batches go; null when there is none.</summary>
    public StoredSegment? Open { get; private set; }

    /// <summary>The largest batch that fits into a new segment.</summary>
    public int BatchBytesMax => options.SegmentBytes - JournalFormat.SegmentHeaderBytes;

    /// <summary>Counts a segment that an earlier run has left, and that is not read yet.</summary>
    public void Expect(long diskBytes) => CountIn(diskBytes);

    /// <summary>Takes in what was expected and is read now. A segment that is left alone stays counted.</summary>
    public void AddFound(List<StoredSegment> found) => _segments.AddRange(found);

    /// <summary>New segments get numbers above this one.</summary>
    public void NumberAbove(long number) => _nextNumber = Math.Max(_nextNumber, number + 1);

    /// <summary>Whether a batch of so many bytes, and its note, fit into the open segment.</summary>
    public bool HasRoom(int batchBytes, int noteBytes) => Open?.HasRoom(batchBytes, noteBytes) == true;

    /// <summary>Ends the open segment and makes another one. 0, or why not, as a negated error number.</summary>
    public int Roll()
    {
        Open = null;
        if (Bytes + options.SegmentBytes + _noteBytes > options.BytesMax)
        {
            return -Errno.NoSpace;
        }

        var file = JournalSegment.Create(
            files, _nextNumber, options.SegmentBytes, _noteBytes, bootId, clock.UnixMs, out var error);
        if (file is null)
        {
            return error;
        }

        _nextNumber++;
        Open = new StoredSegment(file, options.SegmentBytes + _noteBytes);
        _segments.Add(Open);
        CountIn(Open.DiskBytes);
        Used();
        return 0;
    }

    /// <summary>Something was written.</summary>
    public void Used() => _usedAtMs = clock.NowMs;

    /// <summary>Deletes the segments in which nothing lives. Returns how many calls failed; they are made again the next time.</summary>
    public int DeleteDone(bool all)
    {
        var failed = 0;
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            var segment = _segments[i];
            var isOpen = ReferenceEquals(segment, Open);
            var used = isOpen && !segment.File.IsFailed && !all && clock.NowMs - _usedAtMs < IdleMsMax;
            if (segment.LiveBatches > 0 || segment.IsKept || used)
            {
                continue;
            }

            if (isOpen)
            {
                Open = null;
            }

            if (segment.File.Delete() < 0)
            {
                failed++;
                continue;
            }

            _segments.RemoveAt(i);
            Volatile.Write(ref _count, _count - 1);
            Interlocked.Add(ref _bytes, -segment.DiskBytes);
        }

        return failed;
    }

    /// <summary>Closes all files.</summary>
    public void Close()
    {
        foreach (var segment in _segments)
        {
            segment.File.Close();
        }
    }

    private void CountIn(long diskBytes)
    {
        Volatile.Write(ref _count, _count + 1);
        Interlocked.Add(ref _bytes, diskBytes);
    }
}
