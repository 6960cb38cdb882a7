namespace AdTracking.Queue.Journal.Format;

/// <summary>What stands where a batch header may stand.</summary>
internal enum BatchHeaderKind
{
    /// <summary>No sound header.</summary>
    None,

    /// <summary>The one before the groups.</summary>
    Head,

    /// <summary>The one after them.</summary>
    Tail,

    /// <summary>A sound one of a later version.</summary>
    Newer,
}
