using System.Diagnostics.CodeAnalysis;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

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
        {
            return true;
        }

        record = default;
        return false;
    }

    /// <summary>Decodes a record from data of another version of its schema.</summary>
    /// <param name="source">The data; the record takes all of it.</param>
    /// <param name="plan">A plan from that version to <see cref="SchemaOf{T}"/>.</param>
    /// <param name="record">The record.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryDecode<T>(
        ReadOnlySpan<byte> source, SchemaResolution plan, [NotNullWhen(true)] out T? record, out AvroReadError error)
        where T : IAvroRecord<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.IsIdentity)
        {
            return TryDecode(source, out record, out error);
        }

        record = default;
        using ResolvedBytes bytes = new();
        error = plan.Resolve(source, bytes);
        return error == AvroReadError.None && TryDecode(bytes.WrittenSpan, out record, out error);
    }

    /// <summary>The schema that a generated record is read and written with.</summary>
    public static AvroSchema SchemaOf<T>()
        where T : IAvroRecord<T> => OwnSchema<T>.Schema;
}
