namespace AdTracking.Load.Responses;

/// <summary>What a buffer of received bytes begins with.</summary>
internal enum ParseState
{
    /// <summary>The start of an answer; more bytes are needed.</summary>
    Incomplete,

    /// <summary>A complete answer.</summary>
    Complete,

    /// <summary>Not an answer of HTTP/1.1 with a length.</summary>
    Malformed,
}
