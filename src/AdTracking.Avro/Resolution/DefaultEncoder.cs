using System.Text;
using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Resolution;

/// <summary>Encodes the defaults of fields (Avro 1.12, table of field default values): a union's value is written without a branch and is of the first
/// branch that it fits. Defaults of records may rest on further defaults, in a hostile schema without end: nodes and bytes are
/// counted.</summary>
internal sealed class DefaultEncoder(int nodesMax, int depthMax)
{
    private int _nodesLeft = nodesMax;

    /// <summary>The bytes, or null where the default does not fit or costs too much.</summary>
    public byte[]? TryEncode(JsonElement value, AvroSchema schema)
    {
        using ResolvedBytes target = new(1024 * 1024);
        return TryWrite(value, schema, target, depthMax) && !target.IsFull ? target.WrittenSpan.ToArray() : null;
    }

    private bool TryWrite(JsonElement value, AvroSchema schema, ResolvedBytes target, int depth)
    {
        if (depth == 0 || --_nodesLeft < 0 || target.IsFull)
        {
            return false;
        }

        switch (schema)
        {
            case RecordSchema record:
                return value.ValueKind == JsonValueKind.Object && record.Fields.All(field =>
                    (value.TryGetProperty(field.Name, out var member) || TryDefault(field, out member))
                    && TryWrite(member, field.Schema, target, depth - 1));
            case ArraySchema array:
                return value.ValueKind == JsonValueKind.Array && TryWriteItems(value, array, target, depth);
            case MapSchema map:
                return value.ValueKind == JsonValueKind.Object && TryWriteEntries(value, map, target, depth);
            case UnionSchema union:
                return TryWriteBranch(value, union, target, depth);
            default:
                return TryWritePlain(value, schema, target);
        }
    }

    private static bool TryDefault(RecordField field, out JsonElement value)
    {
        value = field.Default ?? default;
        return field.Default is not null;
    }

    private bool TryWriteItems(JsonElement value, ArraySchema array, ResolvedBytes target, int depth)
    {
        if (value.GetArrayLength() > 0)
        {
            target.WriteLong(value.GetArrayLength());
        }

        var written = value.EnumerateArray().All(item => TryWrite(item, array.Items, target, depth - 1));
        target.WriteLong(0);
        return written;
    }

    private bool TryWriteEntries(JsonElement value, MapSchema map, ResolvedBytes target, int depth)
    {
        if (value.GetPropertyCount() > 0)
        {
            target.WriteLong(value.GetPropertyCount());
        }

        foreach (var entry in value.EnumerateObject())
        {
            target.WriteBytes(Encoding.UTF8.GetBytes(entry.Name));
            if (!TryWrite(entry.Value, map.Values, target, depth - 1))
            {
                return false;
            }
        }

        target.WriteLong(0);
        return true;
    }

    private bool TryWriteBranch(JsonElement value, UnionSchema union, ResolvedBytes target, int depth)
    {
        for (var i = 0; i < union.Branches.Count; i++)
        {
            using ResolvedBytes attempt = new(1024 * 1024);
            attempt.WriteLong(i);
            if (!TryWrite(value, union.Branches[i], attempt, depth - 1) || attempt.IsFull)
            {
                continue;
            }

            target.WriteEncoded(attempt.WrittenSpan);
            return true;
        }

        return false;
    }

    private static bool TryWritePlain(JsonElement value, AvroSchema schema, ResolvedBytes target)
    {
        switch (schema.Type)
        {
            case SchemaType.Null:
                return value.ValueKind == JsonValueKind.Null;
            case SchemaType.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                target.WriteEncoded([value.GetBoolean() ? (byte)1 : (byte)0]);
                return true;
            case SchemaType.Int when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number):
                target.WriteLong(number);
                return true;
            case SchemaType.Long when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number):
                target.WriteLong(number);
                return true;
            case SchemaType.Float when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var real):
                target.WriteFloat((float)real);
                return true;
            case SchemaType.Double when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var real):
                target.WriteDouble(real);
                return true;
            case SchemaType.String when value.ValueKind == JsonValueKind.String:
                target.WriteBytes(Encoding.UTF8.GetBytes(value.GetString()!));
                return true;
            case SchemaType.Bytes when value.ValueKind == JsonValueKind.String:
                target.WriteBytes(Encoding.Latin1.GetBytes(value.GetString()!));
                return true;
            case SchemaType.Fixed when value.ValueKind == JsonValueKind.String && value.GetString()!.Length == ((FixedSchema)schema).Size:
                target.WriteEncoded(Encoding.Latin1.GetBytes(value.GetString()!));
                return true;
            case SchemaType.Enum when value.ValueKind == JsonValueKind.String && ((EnumSchema)schema).IndexOf(value.GetString()!) is >= 0 and var i:
                target.WriteLong(i);
                return true;
            default:
                return false;
        }
    }
}
