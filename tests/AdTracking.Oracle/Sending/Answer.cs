namespace AdTracking.Oracle.Sending;

/// <summary>An answer read to its end.</summary>
internal sealed record Answer(int Status, byte[] Body, bool Closes, string? Error);
