using System.Text;
using System.Text.Json;
using AdTracking.Avro.Logical;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Generic;

/// <summary>The values without parts in <see cref="GenericJson"/>: primitives, enums, fixed and logical types.</summary>
internal static class GenericJsonScalars
{
    private const int DecimalBytesMax = 1024;
    private const int DecimalScaleMax = 4096;

    /// <summary>A value without parts, as what its logical type stands on.</summary>
    public static void WritePlain(Utf8JsonWriter json, AvroSchema schema, ref AvroReader reader, GenericJsonStyle style)
    {
        switch (schema.Type)
        {
            case SchemaType.Null:
                json.WriteNullValue();
                break;
            case SchemaType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case SchemaType.Int:
                json.WriteNumberValue(reader.ReadInt());
                break;
            case SchemaType.Long:
                json.WriteNumberValue(reader.ReadLong());
                break;
            case SchemaType.Float:
                WriteFloat(json, reader.ReadFloat());
                break;
            case SchemaType.Double:
                WriteDouble(json, reader.ReadDouble());
                break;
            case SchemaType.String:
                json.WriteStringValue(reader.ReadStringUtf8());
                break;
            case SchemaType.Bytes:
                WriteBytes(json, reader.ReadBytes(), style);
                break;
            case SchemaType.Fixed:
                WriteBytes(json, reader.ReadFixed(((FixedSchema)schema).Size), style);
                break;
            case SchemaType.Enum:
                var symbols = ((EnumSchema)schema).Symbols;
                var index = reader.ReadEnum(symbols.Count);
                json.WriteStringValue(reader.Failed ? "" : symbols[index]);
                break;
        }
    }

    // JSON has no words for these; Java's encoder says them as strings too.
    private static void WriteFloat(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString());
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString());
        }
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> value, GenericJsonStyle style) =>
        json.WriteStringValue(style == GenericJsonStyle.Readable ? ReadableBytes.ToText(value) : Encoding.Latin1.GetString(value));

    // Turning binary into decimal takes more than linear time, and a scale may ask for any number of zeros: beyond what anybody would
    // call a number, the bytes are shown.
    private static string DecimalText(ReadOnlySpan<byte> unscaled, int scale) =>
        unscaled.Length <= DecimalBytesMax && scale is >= -DecimalScaleMax and <= DecimalScaleMax
            ? AvroDecimal.ToText(unscaled, scale)
            : ReadableBytes.ToText(unscaled);

    /// <summary>A value of a logical type that reads better than what it stands on. False for the others; nothing is read then.</summary>
    public static bool TryWriteLogical(Utf8JsonWriter json, AvroSchema schema, ref AvroReader reader)
    {
        switch (schema.LogicalType!.Kind)
        {
            case LogicalTypeKind.Decimal:
                var unscaled = schema is FixedSchema @fixed ? reader.ReadFixed(@fixed.Size) : reader.ReadBytes();
                json.WriteStringValue(DecimalText(unscaled, schema.LogicalType.Scale));
                return true;
            case LogicalTypeKind.BigDecimal:
                AvroReader inner = new(reader.ReadBytes());
                var digits = inner.ReadBytes();
                var scale = inner.ReadInt();
                inner.ReadEnd();
                if (inner.Failed)
                {
                    reader.Fail(AvroReadError.BadLogicalValue);
                }

                json.WriteStringValue(DecimalText(digits, scale));
                return true;
            case LogicalTypeKind.Uuid when schema.Type == SchemaType.Fixed:
                json.WriteStringValue(reader.ReadUuidFixed());
                return true;
            case LogicalTypeKind.Duration:
                var duration = reader.ReadDuration();
                json.WriteStartObject();
                json.WriteNumber("months", duration.Months);
                json.WriteNumber("days", duration.Days);
                json.WriteNumber("millis", duration.Millis);
                json.WriteEndObject();
                return true;
            default:
                return false; // times are numbers, and a UUID on a string is its text
        }
    }
}
