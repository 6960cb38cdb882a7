using AdTracking.Avro.Compatibility;
using AdTracking.SchemaTool.Reading;

namespace AdTracking.SchemaTool.Releases;

/// <summary>A schema with the versions of it that were released.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Level">What a new version has to keep.</param>
/// <param name="File">The schema as it is now.</param>
/// <param name="Versions">What was released, the oldest first.</param>
internal sealed record Subject(string Name, CompatibilityLevel Level, SchemaFile File, IReadOnlyList<ReleasedSchema> Versions)
{
    /// <summary>The latest version, or null before the first.</summary>
    public ReleasedSchema? Latest => Versions.Count == 0 ? null : Versions[^1];

    /// <summary>True when the schema is the latest version, documentation and attributes included.</summary>
    public bool IsReleased => Latest?.Schema.ToString() == File.Schema.ToString();

    /// <summary>The number of the next version.</summary>
    public int NextVersion => (Latest?.Version ?? 0) + 1;
}
