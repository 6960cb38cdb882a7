namespace AdTracking.Load.Responses;

/// <summary>A complete answer at the start of a buffer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Length">Bytes of head and body together.</param>
/// <param name="KeepsAlive">Whether the connection can be used again.</param>
internal readonly record struct Response(int Status, int Length, bool KeepsAlive);
