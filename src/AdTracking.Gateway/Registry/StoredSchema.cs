namespace AdTracking.Gateway.Registry;

/// <param name="Id">The number that stands in front of every record of this schema.</param>
/// <param name="Text">The schema without insignificant white space.</param>
internal sealed record StoredSchema(int Id, string Text);
