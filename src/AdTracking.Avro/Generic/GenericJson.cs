using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Generic;

/// <summary>Prints values of any schema as JSON. For tools: it walks the schema and allocates. Bounded by the reader's limits, also where
/// the schema comes from strangers.</summary>
public static class GenericJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads one value and writes it. False where the reader found an error (see its <see cref="AvroReader.Error"/>): the JSON is
    /// then unfinished.</summary>
    public static bool TryWrite(
        Utf8JsonWriter json, AvroSchema schema, ref AvroReader reader, GenericJsonStyle style = GenericJsonStyle.Readable)
    {
        switch (schema)
        {
            case RecordSchema record:
                WriteRecord(json, record, ref reader, style);
                break;
            case ArraySchema array:
                WriteArray(json, array, ref reader, style);
                break;
            case MapSchema map:
                WriteMap(json, map, ref reader, style);
                break;
            case UnionSchema union:
                WriteUnion(json, union, ref reader, style);
                break;
            default:
                if (style == GenericJsonStyle.AvroJson || schema.LogicalType is null || !GenericJsonScalars.TryWriteLogical(json, schema, ref reader))
                {
                    GenericJsonScalars.WritePlain(json, schema, ref reader, style);
                }

                break;
        }

        return !reader.Failed;
    }

    /// <summary>Writes one value that fills all of <paramref name="data"/>, readable. False, and why; the JSON is then unfinished.</summary>
    public static bool TryWrite(AvroSchema schema, ReadOnlySpan<byte> data, Utf8JsonWriter json, out string? problem)
    {
        AvroReader reader = new(data);
        _ = TryWrite(json, schema, ref reader);
        reader.ReadEnd();
        problem = reader.Failed ? $"{reader.Error} at byte {reader.Position} of {data.Length}" : null;
        return !reader.Failed;
    }

    /// <summary>One value that fills all of <paramref name="data"/>, as one line of JSON; or why not.</summary>
    public static AvroReadError TryFormat(
        AvroSchema schema,
        ReadOnlySpan<byte> data,
        out string json,
        GenericJsonStyle style = GenericJsonStyle.Readable,
        AvroReadLimits? limits = null)
    {
        AvroReader reader = new(data, limits ?? AvroReadLimits.Default);
        var error = TryFormat(schema, ref reader, out json, style);
        reader.ReadEnd();
        json = reader.Failed ? "" : json;
        return error == AvroReadError.None ? reader.Error : error;
    }

    /// <summary>The reader's next value as one line of JSON; or why not.</summary>
    public static AvroReadError TryFormat(
        AvroSchema schema, ref AvroReader reader, out string json, GenericJsonStyle style = GenericJsonStyle.Readable)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, Options);
        json = "";
        if (!TryWrite(writer, schema, ref reader, style))
        {
            writer.Reset(); // otherwise disposal would complain of unfinished JSON
            return reader.Error;
        }

        writer.Flush();
        json = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return AvroReadError.None;
    }

    private static void WriteRecord(Utf8JsonWriter json, RecordSchema record, ref AvroReader reader, GenericJsonStyle style)
    {
        if (!reader.Enter(record.Fields.Count))
        {
            return;
        }

        json.WriteStartObject();
        foreach (var field in record.Fields)
        {
            json.WritePropertyName(field.Name);
            if (!TryWrite(json, field.Schema, ref reader, style))
            {
                return;
            }
        }

        json.WriteEndObject();
        reader.Leave();
    }

    private static void WriteArray(Utf8JsonWriter json, ArraySchema array, ref AvroReader reader, GenericJsonStyle style)
    {
        if (!reader.Enter())
        {
            return;
        }

        var min = array.Items.EncodedBytesMin;
        json.WriteStartArray();
        for (var left = reader.ReadArrayBlock(min, out var size); left > 0; left = reader.ReadArrayBlock(min, out size))
        {
            var start = reader.Position;
            while (left-- > 0)
            {
                if (!TryWrite(json, array.Items, ref reader, style))
                {
                    return;
                }
            }

            CheckSize(ref reader, start, size);
        }

        json.WriteEndArray();
        reader.Leave();
    }

    private static void WriteMap(Utf8JsonWriter json, MapSchema map, ref AvroReader reader, GenericJsonStyle style)
    {
        if (!reader.Enter())
        {
            return;
        }

        var min = map.Values.EncodedBytesMin;
        json.WriteStartObject();
        for (var left = reader.ReadMapBlock(min, out var size); left > 0; left = reader.ReadMapBlock(min, out size))
        {
            var start = reader.Position;
            while (left-- > 0)
            {
                json.WritePropertyName(reader.ReadStringUtf8());
                if (!TryWrite(json, map.Values, ref reader, style))
                {
                    return;
                }
            }

            CheckSize(ref reader, start, size);
        }

        json.WriteEndObject();
        reader.Leave();
    }

    // A block that says its size must have it: otherwise readers that skip and readers that read would see different things.
    private static void CheckSize(ref AvroReader reader, int start, int size)
    {
        if (size >= 0 && reader.Position - start != size)
        {
            reader.Fail(AvroReadError.BlockSizeMismatch);
        }
    }

    private static void WriteUnion(Utf8JsonWriter json, UnionSchema union, ref AvroReader reader, GenericJsonStyle style)
    {
        var index = reader.ReadUnionIndex(union.Branches.Count);
        if (reader.Failed)
        {
            return;
        }

        var branch = union.Branches[index];
        var tagged = style == GenericJsonStyle.AvroJson && branch.Type != SchemaType.Null;
        if (tagged)
        {
            json.WriteStartObject();
            json.WritePropertyName(branch.BranchName);
        }

        if (TryWrite(json, branch, ref reader, style) && tagged)
        {
            json.WriteEndObject();
        }
    }
}
