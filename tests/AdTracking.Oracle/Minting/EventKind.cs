namespace AdTracking.Oracle.Minting;

/// <summary>The three kinds of events, in the order of their topics.</summary>
internal enum EventKind
{
    Impression = 0,
    Click = 1,
    Engagement = 2,
}
