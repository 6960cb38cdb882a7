using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Framing;

/// <summary>Schemas by their CRC-64-AVRO fingerprint, for readers of single objects. Thread-safe.</summary>
public sealed class SchemaStore
{
    private readonly ConcurrentDictionary<ulong, AvroSchema> _schemas = new();

    /// <summary>Adds a schema and returns its fingerprint.</summary>
    public ulong Add(AvroSchema schema)
    {
        var fingerprint = SchemaFingerprint.Crc64(schema);
        _schemas.TryAdd(fingerprint, schema);
        return fingerprint;
    }

    /// <summary>The schema of a fingerprint.</summary>
    public bool TryGet(ulong fingerprint, [NotNullWhen(true)] out AvroSchema? schema) => _schemas.TryGetValue(fingerprint, out schema);
}
