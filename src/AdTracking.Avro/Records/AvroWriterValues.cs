using AdTracking.Avro.Logical;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>Writes values of generated records that may be null as unions of null (first) and a type.</summary>
public static class AvroWriterValues
{
    /// <summary>Writes a fixed; fails where the value has another size.</summary>
    public static void WriteAvroFixed(this ref AvroWriter writer, AvroBytes value, int size)
    {
        if (value.Length == size)
        {
            writer.WriteFixed(value.Span);
        }
        else
        {
            writer.Fail();
        }
    }

    /// <summary>Writes ["null", "string"].</summary>
    public static void WriteStringOrNull(this ref AvroWriter writer, string? value)
    {
        if (writer.WriteBranch(value is not null))
        {
            writer.WriteString(value);
        }
    }

    /// <summary>Writes ["null", "boolean"].</summary>
    public static void WriteBooleanOrNull(this ref AvroWriter writer, bool? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteBoolean(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes ["null", "int"].</summary>
    public static void WriteIntOrNull(this ref AvroWriter writer, int? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteInt(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes ["null", "long"].</summary>
    public static void WriteLongOrNull(this ref AvroWriter writer, long? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteLong(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes a timestamp-millis that may be null.</summary>
    public static void WriteTimestampMillisOrNull(this ref AvroWriter writer, DateTimeOffset? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteTimestampMillis(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes ["null", "float"].</summary>
    public static void WriteFloatOrNull(this ref AvroWriter writer, float? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteFloat(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes ["null", "double"].</summary>
    public static void WriteDoubleOrNull(this ref AvroWriter writer, double? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteDouble(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes ["null", "bytes"].</summary>
    public static void WriteBytesOrNull(this ref AvroWriter writer, AvroBytes? value)
    {
        if (writer.WriteBranch(value.HasValue))
        {
            writer.WriteBytes(value.GetValueOrDefault().Span);
        }
    }

    private static bool WriteBranch(this ref AvroWriter writer, bool present)
    {
        writer.WriteUnionIndex(present ? 1 : 0);
        return present;
    }
}
