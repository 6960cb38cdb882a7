using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Framing;

/// <summary>Schemas by their CRC-64-AVRO fingerprint, for those who read single objects. For several threads.</summary>
public sealed class SchemaStore
{
    private readonly ConcurrentDictionary<ulong, AvroSchema> _schemas = new();

    /// <summary>Makes a schema known and gives its fingerprint.</summary>
    public ulong Add(AvroSchema schema)
    {
        var fingerprint = SchemaFingerprint.Crc64(schema);
        _schemas.TryAdd(fingerprint, schema);
        return fingerprint;
    }

    /// <summary>The schema of a fingerprint.</summary>
    public bool TryGet(ulong fingerprint, [NotNullWhen(true)] out AvroSchema? schema) => _schemas.TryGetValue(fingerprint, out schema);
}
