using System.Text;
using System.Text.Json;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Generic;

/// <summary>Encodes JSON with any schema: the counterpart of <see cref="GenericJson"/>, for tools and tests. It reads both styles; fields
/// that are missing take their default. Not for hostile input: a union tries its branches in turn.</summary>
public static class GenericEncoder
{
    /// <summary>Encodes one value; false, and where and why, when it does not fit the schema.</summary>
    public static bool TryEncode(
        JsonElement value, AvroSchema schema, ref AvroWriter writer, out string problem, GenericJsonStyle style = GenericJsonStyle.Readable)
    {
        problem = Write(value, schema, ref writer, style, "$") ?? (writer.Overflowed ? "$: the value does not fit the room" : "");
        return problem.Length == 0;
    }

    private static string? Write(JsonElement value, AvroSchema schema, ref AvroWriter writer, GenericJsonStyle style, string path)
    {
        switch (schema)
        {
            case RecordSchema record:
                return value.ValueKind == JsonValueKind.Object ? WriteRecord(value, record, ref writer, style, path) : Misfit(path, schema);
            case ArraySchema array:
                return value.ValueKind == JsonValueKind.Array ? WriteArray(value, array, ref writer, style, path) : Misfit(path, schema);
            case MapSchema map:
                return value.ValueKind == JsonValueKind.Object ? WriteMap(value, map, ref writer, style, path) : Misfit(path, schema);
            case UnionSchema union:
                return WriteUnion(value, union, ref writer, style, path);
            default:
                var written = style == GenericJsonStyle.Readable && schema.LogicalType is not null
                    ? GenericLogicalEncoder.TryWrite(value, schema, ref writer) ?? TryWritePlain(value, schema, ref writer, style)
                    : TryWritePlain(value, schema, ref writer, style);
                return written ? null : Misfit(path, schema);
        }
    }

    private static string Misfit(string path, AvroSchema schema) => $"{path}: the value does not fit {schema.BranchName}";

    private static string? WriteRecord(
        JsonElement value, RecordSchema record, ref AvroWriter writer, GenericJsonStyle style, string path)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (record.Find(property.Name) is null)
            {
                return $"{path}: {record.FullName} has no field \"{property.Name}\"";
            }
        }

        foreach (var field in record.Fields)
        {
            string? problem;
            if (value.TryGetProperty(field.Name, out var member))
            {
                problem = Write(member, field.Schema, ref writer, style, path + "." + field.Name);
            }
            else if (field.Default is { } byDefault)
            {
                problem = WriteDefault(byDefault, field.Schema, ref writer, path + "." + field.Name);
            }
            else
            {
                problem = $"{path}: the field \"{field.Name}\" is missing and has no default";
            }

            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    // Defaults are Avro's JSON, except that a union's value stands alone.
    private static string? WriteDefault(JsonElement value, AvroSchema schema, ref AvroWriter writer, string path) =>
        Write(value, schema, ref writer, GenericJsonStyle.AvroJson, path);

    private static string? WriteArray(JsonElement value, ArraySchema array, ref AvroWriter writer, GenericJsonStyle style, string path)
    {
        writer.WriteArrayStart(value.GetArrayLength());
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Write(item, array.Items, ref writer, style, $"{path}[{index++}]") is { } problem)
            {
                return problem;
            }
        }

        writer.WriteBlockEnd();
        return null;
    }

    private static string? WriteMap(JsonElement value, MapSchema map, ref AvroWriter writer, GenericJsonStyle style, string path)
    {
        writer.WriteMapStart(value.GetPropertyCount());
        foreach (var entry in value.EnumerateObject())
        {
            writer.WriteString(entry.Name);
            if (Write(entry.Value, map.Values, ref writer, style, $"{path}[\"{entry.Name}\"]") is { } problem)
            {
                return problem;
            }
        }

        writer.WriteBlockEnd();
        return null;
    }

    private static string? WriteUnion(JsonElement value, UnionSchema union, ref AvroWriter writer, GenericJsonStyle style, string path)
    {
        var before = writer;
        for (var i = 0; i < union.Branches.Count; i++)
        {
            var inner = value;
            var tagged = value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1
                && value.TryGetProperty(union.Branches[i].BranchName, out inner);
            if (tagged && TryBranch(inner, i, ref writer))
            {
                return null;
            }

            writer = before;
        }

        for (var i = 0; i < union.Branches.Count; i++)
        {
            if (TryBranch(value, i, ref writer))
            {
                return null;
            }

            writer = before;
        }

        return $"{path}: the value fits no branch of the union";

        bool TryBranch(JsonElement candidate, int index, ref AvroWriter into)
        {
            into.WriteUnionIndex(index);
            return Write(candidate, union.Branches[index], ref into, style, path) is null;
        }
    }

    private static bool TryWritePlain(JsonElement value, AvroSchema schema, ref AvroWriter writer, GenericJsonStyle style)
    {
        switch (schema.Type)
        {
            case SchemaType.Null:
                return value.ValueKind == JsonValueKind.Null;
            case SchemaType.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.GetBoolean());
                return true;
            case SchemaType.Int when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number):
                writer.WriteInt(number);
                return true;
            case SchemaType.Long when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number):
                writer.WriteLong(number);
                return true;
            case SchemaType.Float when TryReal(value, out var real):
                writer.WriteFloat((float)real);
                return true;
            case SchemaType.Double when TryReal(value, out var real):
                writer.WriteDouble(real);
                return true;
            case SchemaType.String when value.ValueKind == JsonValueKind.String:
                writer.WriteString(value.GetString());
                return true;
            case SchemaType.Bytes when TryBytes(value, style, out var bytes):
                writer.WriteBytes(bytes);
                return true;
            case SchemaType.Fixed when TryBytes(value, style, out var bytes) && bytes.Length == ((FixedSchema)schema).Size:
                writer.WriteFixed(bytes);
                return true;
            case SchemaType.Enum when value.ValueKind == JsonValueKind.String && ((EnumSchema)schema).IndexOf(value.GetString()!) is >= 0 and var i:
                writer.WriteEnum(i);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReal(JsonElement value, out double real)
    {
        real = 0;
        return value.ValueKind == JsonValueKind.Number
            ? value.TryGetDouble(out real)
            : value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity"
                && double.TryParse(value.GetString(), out real);
    }

    private static bool TryBytes(JsonElement value, GenericJsonStyle style, out byte[] bytes)
    {
        bytes = [];
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var text = value.GetString()!;
        if (style == GenericJsonStyle.Readable)
        {
            return ReadableBytes.TryBytes(text, out bytes);
        }

        if (text.AsSpan().ContainsAnyExceptInRange('\u0000', '\u00FF'))
        {
            return false;
        }

        bytes = Encoding.Latin1.GetBytes(text);
        return true;
    }
}
