using System.Text;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaRegistry;

/// <summary>Schemas of a registry as trees, with the types of other subjects that they refer to.</summary>
public static class RegistrySchemas
{
    // References of references; a real model has two or three.
    private const int DepthMax = 32;

    /// <summary>Parses the schema of an id; null where the registry has none.</summary>
    public static async Task<SchemaParseResult?> ParseAsync(SchemaRegistryClient registry, int id, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var found = await registry.GetSubmittedAsync(id, cancellation);
        return found is null ? null : await ParseAsync(registry, found, DepthMax, cancellation);
    }

    /// <summary>Parses a schema; a reference that the registry does not have is a problem of the text.</summary>
    public static Task<SchemaParseResult> ParseAsync(
        SchemaRegistryClient registry, SubmittedSchema schema, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(schema);
        return ParseAsync(registry, schema, DepthMax, cancellation);
    }

    private static async Task<SchemaParseResult> ParseAsync(
        SchemaRegistryClient registry, SubmittedSchema schema, int depth, CancellationToken cancellation)
    {
        Dictionary<string, NamedSchema> known = new(StringComparer.Ordinal);
        foreach (var reference in depth > 0 ? schema.References : [])
        {
            var found = await registry.GetVersionAsync(reference.Subject, reference.Version, cancellation);
            if (found is null)
            {
                continue;
            }

            SubmittedSchema inner = new(found.Schema) { References = found.References };
            if ((await ParseAsync(registry, inner, depth - 1, cancellation)).Schema is not { } parsed)
            {
                continue;
            }

            foreach ((var name, var type) in NamedTypes.Of(parsed))
            {
                known.TryAdd(name, type);
            }
        }

        return SchemaParser.Parse(Encoding.UTF8.GetBytes(schema.Text), known: known);
    }
}
