using AdTracking.Avro.Framing;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Serdes;

/// <summary>Reads messages of any schema as JSON, from Confluent's wire format: for tools that have no class for them. For several threads.</summary>
public sealed class JsonAvroDeserializer : IDeserializer<string?>
{
    private readonly WriterSchemas<AvroSchema> _schemas;

    /// <summary>Makes a deserialiser.</summary>
    public JsonAvroDeserializer(SchemaRegistryClient registry, SerdesOptions? options = null) =>
        _schemas = new WriterSchemas<AvroSchema>(registry, (options ?? SerdesOptions.Default).SchemasMax, static schema => schema);

    /// <inheritdoc/>
    public string? Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (isNull)
        {
            return null;
        }

        if (!ConfluentFrame.TryRead(data, out var id, out var payload))
        {
            throw new InvalidDataException($"A message of {data.Length} bytes that does not begin with a zero byte and a schema id.");
        }

        var schema = _schemas.TryGet(id, out var known) ? known : _schemas.GetAsync(id).AsTask().GetAwaiter().GetResult();
        var error = GenericJson.TryFormat(schema, payload, out var json);
        return error == AvroReadError.None ? json : throw new InvalidDataException($"A message that cannot be read by schema {id}: {error}.");
    }
}
