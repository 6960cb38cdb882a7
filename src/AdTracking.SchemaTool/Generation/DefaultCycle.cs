using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Records whose defaults contain each other: their values are finite, because each default says what is inside, but initialisers
/// that make each other would never end.</summary>
internal static class DefaultCycle
{
    /// <summary>True when the default of the field contains a record whose own defaults come back to the owner.</summary>
    public static bool Exists(RecordSchema owner, RecordField field)
    {
        var seen = new HashSet<RecordSchema>();
        var open = new Stack<RecordField>([field]);
        while (open.TryPop(out var next))
        {
            foreach (var record in Made(next).Where(seen.Add))
            {
                foreach (var inner in record.Fields)
                {
                    open.Push(inner);
                }
            }
        }

        return seen.Contains(owner);
    }

    // The records that the default of a field may have in it.
    private static IEnumerable<RecordSchema> Made(RecordField field) =>
        field.Default is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } value && value.GetRawText().Length > "[]".Length
        || field is { Default.ValueKind: JsonValueKind.Object, Schema: not MapSchema }
            ? Records(field.Schema)
            : [];

    private static IEnumerable<RecordSchema> Records(AvroSchema schema) => schema switch
    {
        RecordSchema record => [record],
        ArraySchema array => Records(array.Items),
        MapSchema map => Records(map.Values),
        UnionSchema union => union.Branches.SelectMany(Records),
        _ => [],
    };
}
