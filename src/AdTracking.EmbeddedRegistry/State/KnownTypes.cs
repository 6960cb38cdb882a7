using System.Text;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaRegistry;

namespace AdTracking.EmbeddedRegistry.State;

/// <summary>The named types that a schema's references bring, their own references included.</summary>
internal static class KnownTypes
{
    // References of references; a real model has two or three.
    private const int DepthMax = 32;

    public static IReadOnlyDictionary<string, NamedSchema> Of(IReadOnlyList<SchemaReference> references, RegistryState state, out string? missing)
    {
        var known = new Dictionary<string, NamedSchema>(StringComparer.Ordinal);
        missing = Add(known, references, state, DepthMax);
        return known;
    }

    /// <summary>A schema that the registry holds. It was valid when it came.</summary>
    public static AvroSchema Parse(StoredSchema schema, RegistryState state) => SchemaParser
        .Parse(Encoding.UTF8.GetBytes(schema.Text), known: Of(schema.References ?? [], state, out _)).Required();

    private static string? Add(Dictionary<string, NamedSchema> known, IReadOnlyList<SchemaReference> references, RegistryState state, int depth)
    {
        if (depth == 0)
        {
            return "references refer to each other without end";
        }

        foreach (var reference in references)
        {
            var version = state.Subject(reference.Subject).Versions.FirstOrDefault(version => version.Version == reference.Version);
            if (version is null)
            {
                return $"no schema reference found for subject \"{reference.Subject}\" and version {reference.Version}";
            }

            var stored = state.Schemas[version.Id];
            if (Add(known, stored.References ?? [], state, depth - 1) is { } problem)
            {
                return problem;
            }

            var parsed = SchemaParser.Parse(Encoding.UTF8.GetBytes(stored.Text), known: known).Required();
            foreach (var (name, type) in NamedTypes.Of(parsed))
            {
                known[name] = type;
            }
        }

        return null;
    }
}
