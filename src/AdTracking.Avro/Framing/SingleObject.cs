using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Records;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Framing;

/// <summary>Whole messages in Avro's single-object encoding: <see cref="SingleObjectFrame"/> and the value after it.</summary>
public static class SingleObject
{
    /// <summary>Writes a generated record. False when it does not fit; allocates nothing.</summary>
    public static bool TryEncode<T>(T record, Span<byte> destination, out int written)
        where T : IAvroRecord<T>
    {
        written = 0;
        if (destination.Length < SingleObjectFrame.HeaderLength
            || !AvroRecord.TryEncode(record, destination[SingleObjectFrame.HeaderLength..], out var length))
        {
            return false;
        }

        SingleObjectFrame.Write(destination, OwnSchema<T>.Fingerprint);
        written = SingleObjectFrame.HeaderLength + length;
        return true;
    }

    /// <summary>Writes JSON by any schema. False, and why, when it does not fit the schema or the room.</summary>
    public static bool TryEncode(JsonElement value, AvroSchema schema, Span<byte> destination, out int written, out string problem)
    {
        written = 0;
        if (destination.Length < SingleObjectFrame.HeaderLength)
        {
            problem = "$: the value does not fit the room";
            return false;
        }

        var writer = new AvroWriter(destination[SingleObjectFrame.HeaderLength..]);
        if (!GenericEncoder.TryEncode(value, schema, ref writer, out problem))
        {
            return false;
        }

        SingleObjectFrame.Write(destination, SchemaFingerprint.Crc64(schema));
        written = SingleObjectFrame.HeaderLength + writer.Written;
        return true;
    }

    /// <summary>A message of any schema in the store, as one line of JSON; or the reason why not.</summary>
    public static AvroReadError TryFormat(SchemaStore store, ReadOnlySpan<byte> message, out string json)
    {
        json = "";
        ArgumentNullException.ThrowIfNull(store);
        if (!SingleObjectFrame.TryRead(message, out var fingerprint, out var payload))
        {
            return AvroReadError.BadFrame;
        }

        return store.TryGet(fingerprint, out var schema) ? GenericJson.TryFormat(schema, payload, out json) : AvroReadError.UnknownSchema;
    }
}
