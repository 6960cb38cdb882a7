using System.Buffers.Binary;
using AdTracking.Queue.Journal.Files;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Reads the groups of a batch, one after the other, in a buffer of its own. Where one is damaged it goes on at the next whose
/// checksum holds. To be used for any number of batches; not for two threads at once.</summary>
internal sealed class GroupReader
{
    private const int ReadBytes = 1024 * 1024;
    private readonly FileWindow _window;
    private BatchHeader _header = new();
    private GroupImage _group;
    private long _at;
    private long _end;
    private int _eventsRead;

    /// <summary>Reads through these files.</summary>
    public GroupReader(IJournalFiles files) => _window = new FileWindow(files);

    /// <summary>Where the group, or the damage, begins in the file. <see cref="Seek"/> comes back to a group.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the damage ends, after <see cref="GroupRead.Damage"/>.</summary>
    public long DamageEnd { get; private set; }

    /// <summary>The group's number in the batch as first taken.</summary>
    public int Number => _group.Number;

    /// <summary>Index of the group's first event among the batch's as first taken.</summary>
    public int FirstEvent => _group.FirstEvent;

    /// <summary>Events in the group.</summary>
    public int EventCount => _group.EventCount;

    /// <summary>The minute in which they were received, counted from 1970.</summary>
    public int ReceivedMinute => _group.ReceivedMinute;

    /// <summary>The group's events in their bytes; they stand until the next call.</summary>
    public ReadOnlySpan<byte> EventBytes =>
        _window.At(Offset, _group.Bytes, _group.Bytes)[JournalFormat.GroupHeaderBytes.._group.Bytes];

    /// <summary>The group's events; they stand until the next call.</summary>
    public EncodedEvents Events => new(EventBytes);

    /// <summary>At the end of a walk without <see cref="Seek"/>, the events of the batch that were not among its sound groups.</summary>
    public int MissingEvents => Math.Max(0, _header.EventCount - _eventsRead);

    /// <summary>Whether the disk refused to read a part of the batch so far.</summary>
    public bool HasUnreadable => _window.Unreadable.Count > 0;

    /// <summary>The parts of the batch that the disk refused to read so far.</summary>
    public IReadOnlyList<JournalDamage> Unreadable => _window.Unreadable;

    /// <summary>Begins with a batch of a segment.</summary>
    public void Begin(JournalSegment segment, ScannedBatch batch) => Begin(segment.Handle, batch.Offset, batch.Header);

    /// <summary>Begins with the batch at an offset of an open file.</summary>
    public void Begin(int handle, long offset, BatchHeader header)
    {
        _header = header;
        _at = offset + header.HeaderBytes;
        _end = offset + header.Bytes - header.HeaderBytes;
        _eventsRead = 0;
        _group = default;
        _window.Attach(handle, _end);
    }

    /// <summary>Goes on at a group that <see cref="Offset"/> has named, in the same batch.</summary>
    public void Seek(long offset) => _at = offset;

    /// <summary>Goes to the next group.</summary>
    public GroupRead Next()
    {
        if (_at >= _end)
        {
            return GroupRead.End;
        }

        Offset = _at;
        if (TryRead(_at))
        {
            _at += _group.Bytes;
            _eventsRead += _group.EventCount;
            return GroupRead.Group;
        }

        _at = NextSound(_at + JournalFormat.Alignment);
        DamageEnd = _at;
        _group = default;
        return GroupRead.Damage;
    }

    private bool TryRead(long at)
    {
        var bytes = GroupImage.Probe(_window.At(at, JournalFormat.GroupHeaderBytes, ReadBytes), _header.BatchId);
        if (bytes == 0 || bytes > _end - at)
        {
            return false;
        }

        var group = _window.At(at, bytes, ReadBytes);
        return group.Length >= bytes && GroupImage.TryRead(group[..bytes], _header, out _group);
    }

    private long NextSound(long at)
    {
        var magic = JournalFormat.GroupMagicOf(_header.BatchId);
        while (at < _end)
        {
            var bytes = _window.At(at, JournalFormat.GroupHeaderBytes, ReadBytes);
            if (bytes.Length < JournalFormat.GroupHeaderBytes)
            {
                break;
            }

            var last = bytes.Length - JournalFormat.GroupHeaderBytes;
            var found = 0;
            while (found <= last && BinaryPrimitives.ReadUInt32LittleEndian(bytes[found..]) != magic)
            {
                found += JournalFormat.Alignment;
            }

            at += found;
            if (found > last)
            {
                continue;
            }

            if (TryRead(at))
            {
                return at;
            }

            at += JournalFormat.Alignment;
        }

        return _end;
    }
}
