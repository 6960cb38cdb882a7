using System.Diagnostics.CodeAnalysis;

namespace AdTracking.Avro;

/// <summary>What generated records share.</summary>
public static class AvroRecord
{
    /// <summary>Encodes into <paramref name="destination"/>. False when it does not fit; allocates nothing.</summary>
    public static bool TryEncode<T>(T record, Span<byte> destination, out int written)
        where T : IAvroRecord<T>
    {
        var writer = new AvroWriter(destination);
        record.Encode(ref writer);
        written = writer.Overflowed ? 0 : writer.Written;
        return !writer.Overflowed;
    }

    /// <summary>Decodes a record that takes all of <paramref name="source"/>.</summary>
    public static bool TryDecode<T>(ReadOnlySpan<byte> source, [NotNullWhen(true)] out T? record, out AvroReadError error)
        where T : IAvroRecord<T>
    {
        var reader = new AvroReader(source);
        record = T.Decode(ref reader);
        reader.ReadEnd();
        error = reader.Error;
        if (record is not null && !reader.Failed)
            return true;
        record = default;
        return false;
    }
}
