namespace AdTracking.Queue.Journal.Format;

/// <summary>What a segment's header says.</summary>
internal enum SegmentState
{
    /// <summary>Sound, and of a version that this program reads.</summary>
    Ok,

    /// <summary>The file has no bytes but zeros: its creation was cut, so nothing was promised on its strength.</summary>
    Empty,

    /// <summary>The header is damaged; batches are found nevertheless.</summary>
    Damaged,

    /// <summary>Sound, of a later version: leave the whole directory alone.</summary>
    NewerFormat,
}
