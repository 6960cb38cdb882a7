namespace AdTracking.Events.Scanning;

/// <summary>Why a JSON text is rejected as a whole.</summary>
public enum JsonScanError : byte
{
    /// <summary>Nothing wrong so far.</summary>
    None,

    /// <summary>Not RFC 8259.</summary>
    Malformed,

    /// <summary>More objects and arrays open than allowed.</summary>
    TooDeep,
}
