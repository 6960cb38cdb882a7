using AdTracking.Queue.Journal.Format;

namespace AdTracking.Queue.Journal;

/// <summary>A segment with what lives in it. The journal thread's, save the file's handle, from which settling reads.</summary>
internal sealed class StoredSegment(JournalSegment file, long diskBytes)
{
    /// <summary>The two files.</summary>
    public JournalSegment File => file;

    /// <summary>Bytes that both take on the disk.</summary>
    public long DiskBytes { get; } = diskBytes;

    /// <summary>Batches in it that are not done.</summary>
    public int LiveBatches { get; set; }

    /// <summary>Bytes of the side file that are promised to waiting batches whose note is not written yet.</summary>
    public long NotesPromised { get; private set; }

    /// <summary>The side file refused a note: nothing that needs one is handed over before this moment.</summary>
    public long NotesRetryAtMs { get; set; }

    /// <summary>Something in it could not be read, and may be readable another time: it is never deleted by this run.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether a batch of so many bytes, and its note, fit in.</summary>
    public bool HasRoom(int batchBytes, int noteBytes) =>
        !file.IsFailed && file.Room >= batchBytes && file.NoteRoom - NotesPromised >= noteBytes;

    /// <summary>Keeps room for the note of a waiting batch that stands in it now.</summary>
    public void Promise(JournalBatch batch, int noteBytes)
    {
        batch.NotePromise = noteBytes;
        NotesPromised += noteBytes;
    }

    /// <summary>Writes a batch's note: without its mark where it would take what others were promised. Marks grow: of a process that has
    /// never seen Kafka they are empty when batches are spilled, and name every partition when these are handed over. 0, or the error
    /// negated; then the batch must not be handed over.</summary>
    public int WriteNote(JournalBatch batch, in Note note)
    {
        var fits = Note.BytesOf(note.Mark) <= file.NoteRoom - (NotesPromised - batch.NotePromise);
        var error = file.WriteNote(fits ? note : note with { Mark = null });
        if (error < 0)
        {
            return error;
        }

        NotesPromised -= batch.NotePromise;
        batch.NotePromise = 0;
        return 0;
    }
}
