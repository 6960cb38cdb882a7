namespace AdTracking.Gateway.Registry;

/// <summary>One version of a subject.</summary>
/// <param name="Version">From 1; not used again while anything of the subject is left.</param>
/// <param name="Id">The schema.</param>
/// <param name="IsDeleted">Soft-deleted: records with its id can be read, but nothing is compared with it.</param>
internal sealed record StoredVersion(int Version, int Id, bool IsDeleted = false);
