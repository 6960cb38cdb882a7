using AdTracking.Queue.Journal.Files;

namespace AdTracking.Queue.Journal.Format;

/// <summary>One segment and its side file: created and appended to by the spiller, or found at the start and only read, noted about and
/// deleted. Not for two threads at once. After a failed write or sync it takes no batch any more, and is never synced again.</summary>
internal sealed class JournalSegment
{
    private readonly IJournalFiles _files;
    private readonly long _noteBytes;
    private int _handle;
    private int _notesHandle;
    private byte[] _note = [];

    private JournalSegment(IJournalFiles files, long number, int bytes, long noteBytes, int handle, int notesHandle)
    {
        _files = files;
        _noteBytes = noteBytes;
        _handle = handle;
        _notesHandle = notesHandle;
        Number = number;
        Bytes = bytes;
        Tail = JournalFormat.SegmentHeaderBytes;
    }

    /// <summary>The number, which its name says.</summary>
    public long Number { get; }

    /// <summary>Bytes that are allocated for it.</summary>
    public int Bytes { get; }

    /// <summary>Where the next batch goes.</summary>
    public int Tail { get; private set; }

    /// <summary>Where the next note goes in the side file.</summary>
    public long NotesTail { get; private set; }

    /// <summary>A write or a sync has failed.</summary>
    public bool IsFailed { get; private set; }

    /// <summary>It was found at the start: it takes no batches.</summary>
    public bool IsFound { get; private init; }

    /// <summary>Batches written.</summary>
    public int BatchCount { get; private set; }

    /// <summary>Events in them.</summary>
    public long EventsWritten { get; private set; }

    /// <summary>Bytes left for batches.</summary>
    public int Room => IsFailed || IsFound ? 0 : Bytes - Tail;

    /// <summary>Bytes left for notes for which the disk has given its space already.</summary>
    public long NoteRoom => Math.Max(0, _noteBytes - NotesTail);

    /// <summary>The segment file's handle, for <see cref="GroupReader"/>; -1 once it is closed.</summary>
    public int Handle => _handle;

    /// <summary>Creates both files with their space taken and their directory entries synced: from then on a batch needs one write and one
    /// sync. Null when something failed, with the error negated; what was made by then is removed.</summary>
    public static JournalSegment? Create(
        IJournalFiles files, long number, int bytes, int noteBytes, Guid bootId, long nowMs, out int error)
    {
        var notes = -1;
        var segment = -1;
        // The side file first: while both are in the directory, a segment is never without it.
        error = CreateNotes(files, number, noteBytes, ref notes);
        if (error >= 0)
        {
            error = CreateSegment(files, new SegmentHeader(number, bytes, bootId, nowMs), ref segment);
        }

        if (error >= 0)
        {
            error = files.SyncDirectoryUninterrupted();
        }

        if (error >= 0)
        {
            error = 0;
            return new JournalSegment(files, number, bytes, noteBytes, segment, notes);
        }

        Remove(files, JournalFormat.SegmentName(number), segment);
        Remove(files, JournalFormat.NotesName(number), notes);
        return null;
    }

    /// <summary>Creates it with the clock's time, see the other.</summary>
    public static JournalSegment? Create(IJournalFiles files, long number, int bytes, int noteBytes, Guid bootId, out int error) =>
        Create(files, number, bytes, noteBytes, bootId, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), out error);

    /// <summary>Opens a segment that a scan has found, to read its groups, write notes and delete it. Changes nothing. A side file that is
    /// missing is made by the first note.</summary>
    public static JournalSegment? Open(IJournalFiles files, SegmentScan scan, out int error)
    {
        var segment = files.OpenUninterrupted(JournalFormat.SegmentName(scan.Number), writable: false);
        if (segment < 0)
        {
            error = segment;
            return null;
        }

        var notes = files.OpenUninterrupted(JournalFormat.NotesName(scan.Number), writable: true);
        if (notes < 0 && notes != -Errno.NoEntry)
        {
            files.Close(segment);
            error = notes;
            return null;
        }

        // Notes that could not be read are not written over: another run may read them.
        var length = scan.AreNotesDamaged && notes >= 0 ? files.Length(notes) : 0;
        if (length < 0)
        {
            files.Close(segment);
            files.Close(notes);
            error = (int)length;
            return null;
        }

        var notesTail = Math.Max(scan.NotesEnd, JournalFormat.Aligned((int)Math.Min(length, int.MaxValue / 2)));
        error = 0;
        return new JournalSegment(files, scan.Number, (int)Math.Min(int.MaxValue, scan.FileBytes), scan.NotesFileBytes, segment, notes)
        {
            IsFound = true,
            Tail = (int)Math.Min(int.MaxValue, scan.BatchesEnd),
            NotesTail = notesTail,
            BatchCount = scan.Batches.Count,
            EventsWritten = scan.EventCount,
        };
    }

    /// <summary>Writes a batch, whole. 0, or the error negated; then the segment has failed for good.</summary>
    public int Write(ReadOnlySpan<byte> batch, out long offset)
    {
        offset = Tail;
        Invariant.Holds(!IsFailed && !IsFound, "a failed file takes no more");
        Invariant.Holds(batch.Length <= Room, "a batch is cut at its segment's room");
        var events = BatchHeaderCodec.EventsOfNext(batch, this);
        var error = _files.WriteAll(_handle, batch, offset);
        if (error < 0)
        {
            IsFailed = true;
            return error;
        }

        Tail += batch.Length;
        BatchCount++;
        EventsWritten += events;
        return 0;
    }

    /// <summary>Makes what was written survive a power cut. 0, or the error negated; then the segment has failed for good.</summary>
    public int Sync()
    {
        Invariant.Holds(!IsFailed && !IsFound, "a failed file is never synced again");
        var error = _files.SyncUninterrupted(_handle);
        IsFailed = error < 0;
        return error < 0 ? error : 0;
    }

    /// <summary>Writes a note, without a sync: it has to survive the process, not the machine. 0, or the error negated, -ENOSPC when the
    /// side file is full; then the batch must not be handed over. The next note takes the same place. The side file of a segment that was
    /// found grows: the batches of a run that was cut are noted about once more.</summary>
    public int WriteNote(in Note note)
    {
        var bytes = Note.BytesOf(note.Mark);
        if (bytes > NoteRoom && !IsFound)
        {
            return -Errno.NoSpace;
        }

        if (_notesHandle < 0)
        {
            var handle = _files.CreateUninterrupted(JournalFormat.NotesName(Number));
            if (handle < 0)
            {
                return handle;
            }

            _notesHandle = handle;
        }

        if (_note.Length < bytes)
        {
            _note = new byte[bytes];
        }

        note.Write(_note);
        var error = _files.WriteAll(_notesHandle, _note.AsSpan(0, bytes), NotesTail);
        if (error >= 0)
        {
            NotesTail += bytes;
        }

        return error;
    }

    /// <summary>Closes both files.</summary>
    public void Close()
    {
        if (_handle >= 0)
        {
            _files.Close(_handle);
        }

        if (_notesHandle >= 0)
        {
            _files.Close(_notesHandle);
        }

        _handle = -1;
        _notesHandle = -1;
    }

    /// <summary>Closes and deletes both, the segment before its notes. 0, or the error negated; it may be called again then. The directory
    /// is not synced: what a power cut brings back is settled like everything after one.</summary>
    public int Delete()
    {
        Close();
        var error = _files.DeleteUninterrupted(JournalFormat.SegmentName(Number));
        return error < 0 ? error : _files.DeleteUninterrupted(JournalFormat.NotesName(Number));
    }

    private static int CreateNotes(IJournalFiles files, long number, int noteBytes, ref int handle)
    {
        handle = files.CreateUninterrupted(JournalFormat.NotesName(number));
        if (handle < 0)
        {
            return handle;
        }
        // Written, not only reserved: no note may fail for want of space when the disk is full.
        var error = files.WriteZeros(handle, noteBytes);
        return error < 0 ? error : files.SyncUninterrupted(handle);
    }

    private static int CreateSegment(IJournalFiles files, SegmentHeader header, ref int handle)
    {
        handle = files.CreateUninterrupted(JournalFormat.SegmentName(header.Number));
        if (handle < 0)
        {
            return handle;
        }

        Span<byte> bytes = stackalloc byte[JournalFormat.SegmentHeaderBytes];
        header.Write(bytes);
        var error = files.Reserve(handle, header.Bytes);
        if (error >= 0)
        {
            error = files.WriteAll(handle, bytes, 0);
        }

        return error < 0 ? error : files.SyncUninterrupted(handle);
    }

    private static void Remove(IJournalFiles files, string name, int handle)
    {
        if (handle < 0)
        {
            return;
        }

        files.Close(handle);
        files.DeleteUninterrupted(name);
    }
}
