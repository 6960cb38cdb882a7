namespace AdTracking.SchemaRegistry;

/// <summary>What a registry says of a new schema.</summary>
/// <param name="IsCompatible">True when it may be registered.</param>
/// <param name="Messages">Why not, in the registry's words.</param>
public sealed record CompatibilityVerdict(bool IsCompatible, IReadOnlyList<string> Messages);
