using AdTracking.Avro.Logical;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>Reads what generated records hold: the counterpart of <see cref="AvroWriterValues"/>.</summary>
public static class AvroReaderValues
{
    /// <summary>Reads bytes into memory of their own.</summary>
    public static AvroBytes ReadAvroBytes(this ref AvroReader reader) => new(reader.ReadBytes().ToArray());

    /// <summary>Reads a fixed into memory of its own.</summary>
    public static AvroBytes ReadAvroFixed(this ref AvroReader reader, int size) => new(reader.ReadFixed(size).ToArray());

    /// <summary>Reads null.</summary>
    public static AvroNull ReadAvroNull(this ref AvroReader reader)
    {
        reader.ReadNull();
        return default;
    }

    /// <summary>Reads ["null", "string"].</summary>
    public static string? ReadStringOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadString() : null;

    /// <summary>Reads ["null", "boolean"].</summary>
    public static bool? ReadBooleanOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadBoolean() : null;

    /// <summary>Reads ["null", "int"].</summary>
    public static int? ReadIntOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadInt() : null;

    /// <summary>Reads ["null", "long"].</summary>
    public static long? ReadLongOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadLong() : null;

    /// <summary>Reads a timestamp-millis that may be null.</summary>
    public static DateTimeOffset? ReadTimestampMillisOrNull(this ref AvroReader reader) =>
        reader.ReadBranch() ? reader.ReadTimestampMillis() : null;

    /// <summary>Reads ["null", "float"].</summary>
    public static float? ReadFloatOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadFloat() : null;

    /// <summary>Reads ["null", "double"].</summary>
    public static double? ReadDoubleOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadDouble() : null;

    /// <summary>Reads ["null", "bytes"].</summary>
    public static AvroBytes? ReadBytesOrNull(this ref AvroReader reader) => reader.ReadBranch() ? reader.ReadAvroBytes() : null;

    private static bool ReadBranch(this ref AvroReader reader) => reader.ReadUnionIndex(2) == 1;
}
