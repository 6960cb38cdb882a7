namespace AdTracking.Avro.Schemas;

/// <summary>The named types that a schema is made of.</summary>
public static class NamedTypes
{
    /// <summary>All of them by full name, in the order of the text; those that it only refers to as well.</summary>
    public static IReadOnlyDictionary<string, NamedSchema> Of(AvroSchema schema)
    {
        OrderedDictionary<string, NamedSchema> found = [];
        Stack<AvroSchema> open = new([schema]);
        while (open.TryPop(out var next))
        {
            if (next is NamedSchema named && !found.TryAdd(named.FullName, named))
            {
                continue;
            }

            foreach (var inner in Inner(next).Reverse())
            {
                open.Push(inner);
            }
        }

        return found;
    }

    private static IEnumerable<AvroSchema> Inner(AvroSchema schema) => schema switch
    {
        RecordSchema record => record.Fields.Select(field => field.Schema),
        ArraySchema array => [array.Items],
        MapSchema map => [map.Values],
        UnionSchema union => union.Branches,
        _ => [],
    };
}
