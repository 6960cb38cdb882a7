using System.Diagnostics.CodeAnalysis;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Records;

/// <summary>Decodes a generated record from data of another version of its schema: what was added since has its default, what was taken
/// away is skipped. One for each schema that data arrives in; not for several threads.</summary>
/// <typeparam name="T">The generated record.</typeparam>
public sealed class ResolvingDecoder<T> : IDisposable
    where T : IAvroRecord<T>
{
    private static AvroSchema Own => OwnSchema<T>.Schema;
    private readonly ResolvedBytes _bytes = new();

    /// <summary>Makes a decoder for data of <paramref name="writer"/>.</summary>
    public ResolvingDecoder(AvroSchema writer) => Plan = SchemaResolution.Plan(Own, writer);

    /// <summary>The plan: whether all can be read, and what not.</summary>
    public SchemaResolution Plan { get; }

    /// <summary>Decodes a record that takes all of <paramref name="source"/>.</summary>
    public bool TryDecode(ReadOnlySpan<byte> source, [NotNullWhen(true)] out T? record, out AvroReadError error)
    {
        if (Plan.IsIdentity)
        {
            return AvroRecord.TryDecode(source, out record, out error);
        }

        record = default;
        error = Plan.Resolve(source, _bytes);
        return error == AvroReadError.None && AvroRecord.TryDecode(_bytes.WrittenSpan, out record, out error);
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();
}
