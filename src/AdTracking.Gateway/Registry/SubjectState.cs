namespace AdTracking.Gateway.Registry;

/// <summary>A subject. It may have settings before it has versions.</summary>
/// <param name="Versions">Oldest first, soft-deleted ones included.</param>
/// <param name="Level">Compatibility level of its own, or null.</param>
/// <param name="Mode">Mode of its own, or null.</param>
internal sealed record SubjectState(IReadOnlyList<StoredVersion> Versions, string? Level = null, string? Mode = null)
{
    public static SubjectState Empty { get; } = new([]);

    public IEnumerable<StoredVersion> Live => Versions.Where(version => !version.IsDeleted);

    public int NextVersion => Versions.Count == 0 ? 1 : Versions.Max(version => version.Version) + 1;

    public bool IsNothing => Versions.Count == 0 && Level is null && Mode is null;
}
