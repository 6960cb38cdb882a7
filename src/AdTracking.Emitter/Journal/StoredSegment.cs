namespace AdTracking.Emitter;

/// <summary>A segment with what lives in it. The journal thread's, save the file's handle, from which settling reads.</summary>
internal sealed class StoredSegment(JournalSegment file, long diskBytes)
{
    /// <summary>The two files.</summary>
    public JournalSegment File => file;

    /// <summary>Bytes that both take on the disk.</summary>
    public long DiskBytes { get; } = diskBytes;

    /// <summary>Batches in it that are not done.</summary>
    public int LiveBatches { get; set; }

    /// <summary>Bytes of the side file that are promised to waiting batches.</summary>
    public long NotesPromised { get; set; }

    /// <summary>Something in it could not be read, and may be readable another time: it is never deleted by this run.</summary>
    public bool IsKept { get; set; }
}
