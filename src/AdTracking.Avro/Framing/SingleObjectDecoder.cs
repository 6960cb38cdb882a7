using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AdTracking.Avro.Records;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Framing;

/// <summary>Reads generated records from single objects of whatever version of their schema the store has. Plans are kept, one for each
/// schema of the store at most. Thread-safe.</summary>
/// <typeparam name="T">The generated record.</typeparam>
public sealed class SingleObjectDecoder<T>(SchemaStore store)
    where T : IAvroRecord<T>
{
    private readonly ConcurrentDictionary<ulong, SchemaResolution> _plans = new();

    /// <summary>Decodes a message; the record's own schema does not have to be in the store.</summary>
    public bool TryDecode(ReadOnlySpan<byte> message, [NotNullWhen(true)] out T? record, out AvroReadError error)
    {
        record = default;
        error = AvroReadError.BadFrame;
        if (!SingleObjectFrame.TryRead(message, out var fingerprint, out var payload))
        {
            return false;
        }

        if (fingerprint == OwnSchema<T>.Fingerprint)
        {
            return AvroRecord.TryDecode(payload, out record, out error);
        }

        error = AvroReadError.UnknownSchema;
        return PlanOf(fingerprint) is { } plan && AvroRecord.TryDecode(payload, plan, out record, out error);
    }

    private SchemaResolution? PlanOf(ulong fingerprint)
    {
        if (_plans.TryGetValue(fingerprint, out var plan))
        {
            return plan;
        }

        return store.TryGet(fingerprint, out var writer)
            ? _plans.GetOrAdd(fingerprint, SchemaResolution.Plan(OwnSchema<T>.Schema, writer))
            : null;
    }
}
