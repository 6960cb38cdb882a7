using System.Buffers.Binary;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Goes from batch to batch by their lengths: one read covers the header after one batch's groups and the one before the next's.
/// Where no header is, it searches on to the file's end, at every eighth byte; that is the only time when it reads groups.</summary>
internal sealed class BatchFinder
{
    private const int SearchBytes = 256 * 1024;
    private const int ReadBytes = 4096;
    private readonly FileWindow _window;
    private readonly SegmentScan _scan;
    private readonly MarkCache _cache;
    private byte[] _head = [];
    private Guid? _bootId;
    private long _events;

    public BatchFinder(FileWindow window, SegmentScan scan, MarkCache cache)
    {
        _window = window;
        _scan = scan;
        _cache = cache;
        _bootId = scan.State == SegmentState.Ok ? scan.Header.BootId : null;
    }

    // No more than is needed: of a cold disk every page counts. Headers of neighbours are mostly of one length.
    private int TwoHeaders => _head.Length == 0 ? ReadBytes : 2 * _head.Length;

    /// <summary>The header of the first batch, when it is sound; one of a newer format is said by the scan's state.</summary>
    public BatchHeader? First() => HeaderAt(JournalFormat.SegmentHeaderBytes, out var bytes) == BatchHeaderKind.Head
        ? BatchHeaderCodec.Read(bytes, _cache)
        : null;

    /// <summary>Adds batches and damage to the scan.</summary>
    public void Run()
    {
        long at = JournalFormat.SegmentHeaderBytes;
        while (at < _window.Length && _scan.State != SegmentState.NewerFormat)
        {
            var batch = BatchAt(at, at) ?? Search(at);
            if (batch is null)
            {
                AddRest(at);
                return;
            }

            if (batch.Offset > at)
            {
                _scan.Damage.Add(new JournalDamage(DamageKind.Batches, at, batch.Offset - at));
            }

            Add(batch);
            at = batch.End;
        }
    }

    private void Add(ScannedBatch batch)
    {
        var header = batch.Header;
        _bootId ??= header.BootId;
        _scan.Batches.Add(batch);
        _scan.MissingEvents += Math.Max(0, header.EventsBefore - _events);
        _events = header.EventsBefore + header.EventCount;
        if (batch.IsHeadDamaged)
        {
            _scan.Damage.Add(new JournalDamage(DamageKind.BatchHead, batch.Offset, header.HeaderBytes));
        }

        if (batch.IsTailMissing)
        {
            _scan.Damage.Add(new JournalDamage(DamageKind.BatchTail, batch.GroupsEnd, header.HeaderBytes));
        }
    }

    /// <summary>The batch whose head or, when nothing before <paramref name="from"/> is needed for it, whose tail stands at an offset.</summary>
    private ScannedBatch? BatchAt(long at, long from)
    {
        var kind = HeaderAt(at, out var bytes);
        if (kind is BatchHeaderKind.None or BatchHeaderKind.Newer)
        {
            return null;
        }

        var headerBytes = bytes.Length;
        var start = kind == BatchHeaderKind.Head ? at : at + headerBytes - BatchHeaderCodec.BatchBytesOf(bytes);
        if (start < from || BatchHeaderCodec.Read(bytes, _cache) is not { } header)
        {
            return null;
        }

        if (kind == BatchHeaderKind.Tail)
        {
            return new ScannedBatch(header, start, IsHeadDamaged: true, IsTailMissing: false);
        }

        if (_head.Length != headerBytes)
        {
            _head = new byte[headerBytes];
        }

        bytes.CopyTo(_head);
        return new ScannedBatch(header, start, IsHeadDamaged: false, IsTailMissing: !IsTailThere(start + header.Bytes - headerBytes));
    }

    private BatchHeaderKind HeaderAt(long at, out ReadOnlySpan<byte> bytes)
    {
        bytes = _window.At(at, JournalFormat.BatchHeaderFixedBytes, TwoHeaders);
        if (!BatchHeaderCodec.Probe(bytes, out var headerBytes) || bytes.Length < JournalFormat.BatchHeaderFixedBytes || !IsOurs(bytes))
        {
            return BatchHeaderKind.None;
        }

        bytes = _window.At(at, headerBytes, Math.Max(TwoHeaders, headerBytes));
        if (bytes.Length < headerBytes)
        {
            return BatchHeaderKind.None;
        }

        bytes = bytes[..headerBytes];
        var kind = BatchHeaderCodec.Check(bytes);
        if (kind == BatchHeaderKind.Newer)
        {
            _scan.State = SegmentState.NewerFormat;
        }

        return kind;
    }

    private bool IsTailThere(long at)
    {
        var bytes = _window.At(at, _head.Length, TwoHeaders);
        return bytes.Length >= _head.Length
            && BatchHeaderCodec.AreTwins(_head, bytes[.._head.Length])
            && BatchHeaderCodec.Check(bytes[.._head.Length]) == BatchHeaderKind.Tail;
    }

    // Nobody outside knows a machine's boot id: bytes in an event that look like a header are not taken for one.
    private bool IsOurs(ReadOnlySpan<byte> bytes)
    {
        (var segmentNumber, var bootId) = BatchHeaderCodec.OriginOf(bytes);
        return segmentNumber == _scan.Number && (_bootId is null || bootId == _bootId);
    }

    private ScannedBatch? Search(long from)
    {
        for (var at = from; at < _window.Length && _scan.State != SegmentState.NewerFormat;)
        {
            var bytes = _window.At(at, sizeof(ulong), SearchBytes);
            var found = NextMagic(bytes);
            if (found < 0)
            {
                at += Math.Max(JournalFormat.Alignment, bytes.Length & ~(JournalFormat.Alignment - 1));
                continue;
            }

            at += found;
            if (BatchAt(at, from) is { } batch)
            {
                return batch;
            }

            at += JournalFormat.Alignment;
        }

        return null;
    }

    private static int NextMagic(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at <= bytes.Length - sizeof(ulong); at += JournalFormat.Alignment)
        {
            var next = bytes[at..].IndexOfAnyExcept((byte)0);
            if (next < 0)
            {
                return -1;
            }

            at += next & ~(JournalFormat.Alignment - 1);
            if (at <= bytes.Length - sizeof(ulong)
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) is JournalFormat.HeadMagic or JournalFormat.TailMagic)
            {
                return at;
            }
        }

        return -1;
    }

    // Behind the last batch there are zeros. Anything else was a batch once, or part of one whose write was cut.
    private void AddRest(long from)
    {
        if (_scan.State == SegmentState.NewerFormat)
        {
            return;
        }

        long first = -1;
        var end = from;
        for (var at = from; at < _window.Length;)
        {
            var bytes = _window.At(at, 1, SearchBytes);
            if (bytes.IsEmpty)
            {
                break;
            }

            var some = bytes.IndexOfAnyExcept((byte)0);
            if (some >= 0)
            {
                first = first < 0 ? at + some : first;
                end = at + bytes.LastIndexOfAnyExcept((byte)0) + 1;
            }

            at += bytes.Length;
        }

        if (first >= 0)
        {
            _scan.Damage.Add(new JournalDamage(DamageKind.Batches, first, end - first));
        }
    }
}
