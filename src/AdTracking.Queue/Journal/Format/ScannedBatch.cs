namespace AdTracking.Queue.Journal.Format;

/// <summary>A batch that was found in a segment.</summary>
/// <param name="Header">Its header, from whichever copy is sound.</param>
/// <param name="Offset">Where the batch begins in the file.</param>
/// <param name="IsHeadDamaged">The header before the groups is damaged; the one after them served.</param>
/// <param name="IsTailMissing">The header after the groups is not there: a write that was cut, or damage.</param>
internal sealed record ScannedBatch(BatchHeader Header, long Offset, bool IsHeadDamaged, bool IsTailMissing)
{
    /// <summary>Where its groups begin.</summary>
    public long GroupsStart => Offset + Header.HeaderBytes;

    /// <summary>Where its groups end.</summary>
    public long GroupsEnd => Offset + Header.Bytes - Header.HeaderBytes;

    /// <summary>Where it ends.</summary>
    public long End => Offset + Header.Bytes;
}
