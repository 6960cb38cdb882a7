namespace AdTracking.Avro.Testing;

/// <summary>A type that was made up.</summary>
/// <param name="Json">Its schema where it stands first; afterwards, for a named one, its name.</param>
/// <param name="Default">Makes up a default, or null where none can be said (a record inside itself).</param>
internal sealed record RandomType(string Json, Func<string?> Default);
