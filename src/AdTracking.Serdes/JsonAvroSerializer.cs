using System.Text.Json;
using AdTracking.Avro.Framing;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Serdes;

/// <summary>Writes JSON by any schema, in Confluent's wire format: for tools that have no class for it. For several threads.</summary>
public sealed class JsonAvroSerializer : ISerializer<string?>
{
    private const int BytesBeyondText = 65_536; // defaults that the text leaves out

    private readonly AvroSchema _schema;
    private readonly SubjectIds _ids;

    /// <summary>Makes a serialiser for a schema.</summary>
    public JsonAvroSerializer(SchemaRegistryClient registry, string schema, SerdesOptions? options = null)
    {
        _schema = SchemaParser.Parse(schema).Required();
        _ids = new SubjectIds(registry, schema, options ?? SerdesOptions.Default);
    }

    /// <inheritdoc/>
    public byte[] Serialize(string? data, SerializationContext context)
    {
        if (data is null)
        {
            return null!;
        }

        var id = _ids.TryGet(context, out var known) ? known : _ids.GetAsync(context).AsTask().GetAwaiter().GetResult();
        var room = new byte[ConfluentFrame.HeaderLength + (16 * data.Length) + BytesBeyondText];
        var writer = new AvroWriter(room.AsSpan(ConfluentFrame.HeaderLength));
        using var document = JsonDocument.Parse(data);
        if (!GenericEncoder.TryEncode(document.RootElement, _schema, ref writer, out var problem))
        {
            throw new InvalidDataException(problem);
        }

        ConfluentFrame.Write(room, id);
        return room[..(ConfluentFrame.HeaderLength + writer.Written)];
    }
}
