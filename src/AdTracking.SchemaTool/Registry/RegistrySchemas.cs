using System.Text;
using AdTracking.Avro;
using AdTracking.Avro.Registry;

namespace AdTracking.SchemaTool;

/// <summary>Schemas of a registry as trees, with the types of other subjects that they refer to.</summary>
internal static class RegistrySchemas
{
    // References of references; a real model has two or three.
    private const int DepthMax = 32;

    /// <summary>Parses a schema.</summary>
    public static Task<AvroSchema> ParseAsync(
        SchemaRegistryClient registry, string text, IReadOnlyList<SchemaReference> references, CancellationToken cancellation) =>
        ParseAsync(registry, text, references, DepthMax, cancellation);

    /// <summary>All versions of a subject that the level looks at; none where there is no such subject.</summary>
    public static async Task<IReadOnlyList<ReleasedSchema>> VersionsAsync(
        SchemaRegistryClient registry, string subject, bool latestOnly, CancellationToken cancellation)
    {
        IReadOnlyList<int> numbers = await registry.GetVersionsAsync(subject, cancellation);
        var versions = new List<ReleasedSchema>();
        foreach (int number in latestOnly ? numbers.TakeLast(1) : numbers)
        {
            if (await registry.GetVersionAsync(subject, number, cancellation) is { } found)
                versions.Add(new ReleasedSchema(number, await ParseAsync(registry, found.Schema, found.References, cancellation)));
        }

        return versions;
    }

    private static async Task<AvroSchema> ParseAsync(
        SchemaRegistryClient registry, string text, IReadOnlyList<SchemaReference> references, int depth, CancellationToken cancellation)
    {
        var known = new Dictionary<string, NamedSchema>(StringComparer.Ordinal);
        foreach (SchemaReference reference in depth > 0 ? references : [])
        {
            RegisteredSchema? found = await registry.GetVersionAsync(reference.Subject, reference.Version, cancellation);
            if (found is null)
                continue; // the parser tells the name that is missing
            AvroSchema schema = await ParseAsync(registry, found.Schema, found.References, depth - 1, cancellation);
            foreach ((string name, NamedSchema type) in NamedTypes.Of(schema))
                known.TryAdd(name, type);
        }

        return SchemaParser.Parse(Encoding.UTF8.GetBytes(text), known: known).Required();
    }
}
