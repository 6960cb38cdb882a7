namespace AdTracking.SchemaTool.Model;

/// <summary>A value that <c>event_name</c> may have.</summary>
/// <param name="Name">The name in VAST's spelling.</param>
/// <param name="Group">Symbol of the group it belongs to, or null.</param>
/// <param name="Repeats">True when one ad serving can have several, told apart by <c>seq</c>.</param>
internal sealed record OccurrenceName(string Name, string? Group, bool Repeats);
