using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;
using AdTracking.EmbeddedRegistry.State;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary>Judges a new schema beside versions of a subject.</summary>
internal static class CompatibilityJudge
{
    /// <summary>Why it is not compatible, in Confluent's words; empty when it is.</summary>
    public static List<string> Judge(AvroSchema candidate, IReadOnlyList<StoredVersion> versions, string levelName, RegistryState state)
    {
        if (!CompatibilityLevels.TryParse(levelName, out var level) || level == CompatibilityLevel.None)
        {
            return [];
        }

        var released = versions.Select(version => new ReleasedSchema(version.Version, KnownTypes.Parse(state.Schemas[version.Id], state)));
        var problems = SchemaEvolution.Check(candidate, [.. released], level);
        return ConfluentJson.Of(problems, TextOf, level);

        string TextOf(int version) => state.Schemas[versions.First(known => known.Version == version).Id].Text;
    }
}
