using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Where the named types of a schema are defined: at their first place in the order of the text.</summary>
internal sealed class DefinitionPaths
{
    private readonly Dictionary<AvroSchema, SchemaPath> _paths = new(ReferenceEqualityComparer.Instance);

    public DefinitionPaths(AvroSchema root)
    {
        Stack<(AvroSchema Schema, SchemaPath Path)> open = new();
        open.Push((root, SchemaPath.Root(root)));
        while (open.TryPop(out var next))
        {
            if (next.Schema is NamedSchema && !_paths.TryAdd(next.Schema, next.Path))
            {
                continue;
            }

            foreach ((var token, var inner) in Inner(next.Schema).Reverse())
            {
                open.Push((inner, next.Path.Then(token, inner)));
            }
        }
    }

    /// <summary>Where a type's own content is: where it is defined, or at <paramref name="used"/> for one without a name.</summary>
    public SchemaPath Of(AvroSchema schema, SchemaPath used) => schema is NamedSchema ? _paths.GetValueOrDefault(schema, used) : used;

    /// <summary>True where a type is defined at another place than the one with that pointer.</summary>
    public bool IsElsewhere(AvroSchema schema, SchemaPath used) =>
        schema is NamedSchema && _paths.TryGetValue(schema, out var path) && path.ToString() != used.ToString();

    private static IEnumerable<(string Token, AvroSchema Schema)> Inner(AvroSchema schema) => schema switch
    {
        RecordSchema record => record.Fields.Select(field => ($"/fields/{field.Index}/type", field.Schema)),
        ArraySchema array => [("/items", array.Items)],
        MapSchema map => [("/values", map.Values)],
        UnionSchema union => union.Branches.Select((branch, index) => ($"/{index}", branch)),
        _ => [],
    };
}
