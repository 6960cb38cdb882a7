using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdTracking.Avro;
using AdTracking.Avro.Registry;
using Confluent.Kafka;

namespace AdTracking.Cli.Tailing;

/// <summary>
/// Makes one line of JSON of a record: topic, partition, offset, then the fields of the decoded value. A value that is no record,
/// or that has a field of one of these three names, stands in <c>value</c>; one that cannot be decoded is told in <c>error</c>.
/// </summary>
internal sealed class RecordLine(SchemaRegistryClient registry)
{
    private static readonly string[] Own = ["topic", "partition", "offset"];
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<int, AvroSchema> _schemas = [];
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>The line with its line feed; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> OfAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellation)
    {
        var value = record.Message.Value;
        var (schema, problem) = await SchemaOfAsync(value, cancellation);
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("topic", record.Topic);
            json.WriteNumber("partition", record.Partition.Value);
            json.WriteNumber("offset", record.Offset.Value);
            WriteValue(json, schema, value, problem);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        return _line.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter json, AvroSchema? schema, byte[]? value, string? problem)
    {
        if (schema is null)
        {
            json.WriteString("error", problem);
            return;
        }

        var error = GenericJson.TryFormat(schema, value.AsSpan(ConfluentFrame.HeaderLength), out var text);
        if (error != AvroReadError.None)
        {
            json.WriteString("error", $"the value does not fit its schema: {error}");
        }
        else if (schema is not RecordSchema shape || shape.Fields.Any(field => Own.Contains(field.Name)))
        {
            json.WritePropertyName("value");
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            using var fields = JsonDocument.Parse(text);
            foreach (var field in fields.RootElement.EnumerateObject()) field.WriteTo(json);
        }
    }

    private async ValueTask<(AvroSchema? Schema, string? Problem)> SchemaOfAsync(byte[]? value, CancellationToken cancellation)
    {
        if (value is null) return (null, "no value");
        if (!ConfluentFrame.TryRead(value, out var id, out _)) return (null, "not in the framing of the Schema Registry");
        if (_schemas.TryGetValue(id, out var known)) return (known, null);
        var text = await AskAsync(id, cancellation);
        if (text is null) return (null, $"the registry has no schema {id}");
        var parsed = SchemaParser.Parse(Encoding.UTF8.GetBytes(text));
        if (parsed.Schema is null) return (null, $"schema {id}: {parsed.Problems[0]}");
        _schemas.Add(id, parsed.Schema);
        return (parsed.Schema, null);
    }

    private async Task<string?> AskAsync(int id, CancellationToken cancellation)
    {
        try
        {
            return await registry.GetSchemaAsync(id, cancellation);
        }
        catch (SchemaRegistryException problem)
        {
            throw new UnavailableException($"Schema Registry: {problem.Message}", problem);
        }
    }
}
