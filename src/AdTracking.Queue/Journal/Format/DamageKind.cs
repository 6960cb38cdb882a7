namespace AdTracking.Queue.Journal.Format;

/// <summary>What is wrong with a stretch of a journal file.</summary>
internal enum DamageKind
{
    /// <summary>The segment's header; nothing is lost by that.</summary>
    SegmentHeader,

    /// <summary>The header before a batch's groups; the one after them served.</summary>
    BatchHead,

    /// <summary>The header after a batch's groups: a write that was cut, or damage. The one before them served.</summary>
    BatchTail,

    /// <summary>Bytes without a batch that could be made out: batches lost, or a write that was cut.</summary>
    Batches,

    /// <summary>Groups that are not as they were written.</summary>
    Groups,

    /// <summary>The file is shorter than it was made.</summary>
    Truncated,

    /// <summary>The disk refused to read it. Nothing is known about what stands there: the file must be kept.</summary>
    Unreadable,

    /// <summary>Bytes of the side file that are no note: a write that was cut, or damage.</summary>
    Notes,

    /// <summary>The side file is not there.</summary>
    NotesMissing,
}
