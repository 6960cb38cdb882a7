using System.Globalization;
using System.Numerics;
using System.Text.Json;
using AdTracking.Avro.Logical;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Generic;

/// <summary>Encodes logical types whose readable JSON differs from that of their underlying type.</summary>
internal static class GenericLogicalEncoder
{
    /// <summary>True: written. False: does not fit. Null: nothing special about this type.</summary>
    public static bool? TryWrite(JsonElement value, AvroSchema schema, ref AvroWriter writer)
    {
        switch (schema.LogicalType!.Kind)
        {
            case LogicalTypeKind.Decimal:
                return TryUnscaled(value, schema.LogicalType.Scale, out var unscaled) && TryWriteUnscaled(unscaled, schema, ref writer);
            case LogicalTypeKind.BigDecimal:
                var text = value.GetRawText().Trim('"');
                var scale = text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0;
                return TryUnscaled(value, scale, out var number) && TryWriteScaled(number, scale, ref writer);
            case LogicalTypeKind.Uuid when schema.Type == SchemaType.Fixed:
                if (value.ValueKind != JsonValueKind.String || !value.TryGetGuid(out var uuid))
                {
                    return false;
                }

                writer.WriteUuidFixed(uuid);
                return true;
            case LogicalTypeKind.Duration:
                return TryWriteDuration(value, ref writer);
            default:
                return null;
        }
    }

    private static bool TryUnscaled(JsonElement value, int scale, out BigInteger unscaled)
    {
        unscaled = default;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var point = text.IndexOf('.');
        var fraction = point < 0 ? "" : text[(point + 1)..];
        if (fraction.Length > scale)
        {
            return false;
        }

        var digits = (point < 0 ? text : text[..point]) + fraction.PadRight(scale, '0');
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out unscaled);
    }

    private static bool TryWriteUnscaled(BigInteger unscaled, AvroSchema schema, ref AvroWriter writer)
    {
        var bytes = unscaled.ToByteArray(isBigEndian: true);
        if (schema is not FixedSchema { Size: int size })
        {
            writer.WriteBytes(bytes);
            return true;
        }

        if (bytes.Length > size)
        {
            return false;
        }

        var wide = new byte[size];
        Array.Fill(wide, unscaled.Sign < 0 ? (byte)0xFF : (byte)0);
        bytes.CopyTo(wide, size - bytes.Length);
        writer.WriteFixed(wide);
        return true;
    }

    // The bytes of a big-decimal are Avro themselves: the unscaled number as bytes, the scale as an int.
    private static bool TryWriteScaled(BigInteger unscaled, int scale, ref AvroWriter writer)
    {
        var digits = unscaled.ToByteArray(isBigEndian: true);
        AvroWriter inner = new(new byte[digits.Length + (2 * AvroBinary.IntBytesMax)]);
        inner.WriteBytes(digits);
        inner.WriteInt(scale);
        writer.WriteBytes(inner.WrittenSpan);
        return true;
    }

    private static bool TryWriteDuration(JsonElement value, ref AvroWriter writer)
    {
        if (value.ValueKind != JsonValueKind.Object || !Part("months", out var months) || !Part("days", out var days)
            || !Part("millis", out var millis))
        {
            return false;
        }

        writer.WriteDuration(new AvroDuration(months, days, millis));
        return true;

        bool Part(string name, out uint part)
        {
            part = 0;
            return value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetUInt32(out part);
        }
    }
}
