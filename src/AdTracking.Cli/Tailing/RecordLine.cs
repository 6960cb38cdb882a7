using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdTracking.Avro.Framing;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.Cli.CommandLine;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Cli.Tailing;

/// <summary>Makes one line of JSON of a record: topic, partition, offset, then the fields of the decoded value. A value that is no record,
/// or that has a field of one of these three names, stands in <c>value</c>; one that cannot be decoded is told in <c>error</c>.</summary>
/// <param name="registry">Where the schemas of the records are.</param>
/// <param name="reader">A schema to read them with, or null for their own.</param>
/// <param name="showsAll">Also fields that are null, and empty maps and lists.</param>
/// <param name="filters">What a line must have to be shown; all of it.</param>
internal sealed class RecordLine(
    SchemaRegistryClient registry, AvroSchema? reader = null, bool showsAll = true, IReadOnlyList<FieldFilter>? filters = null) : IDisposable
{
    private static readonly string[] Own = ["topic", "partition", "offset"];
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<int, SchemaResolution> _schemas = [];
    private readonly ResolvedBytes _resolved = new();
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>The line with its line feed, valid until the next call; empty when the filters do not let it through.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> OfAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellation)
    {
        var value = record.Message.Value;
        var (plan, problem) = await SchemaOfAsync(value, cancellation);
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("topic", record.Topic);
            json.WriteNumber("partition", record.Partition.Value);
            json.WriteNumber("offset", record.Offset.Value);
            WriteValue(json, plan, value, problem);
            json.WriteEndObject();
        }

        if (!IsWanted())
        {
            return default;
        }

        _line.Write("\n"u8);
        return _line.WrittenMemory;
    }

    /// <summary>Gives memory back.</summary>
    public void Dispose() => _resolved.Dispose();

    private void WriteValue(Utf8JsonWriter json, SchemaResolution? plan, byte[]? value, string? problem)
    {
        if (plan is null)
        {
            json.WriteString("error", problem);
            return;
        }

        var schema = plan.Reader;
        var error = Format(plan, value.AsSpan(ConfluentFrame.HeaderLength), out var text);
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
            foreach (var field in fields.RootElement.EnumerateObject().Where(field => showsAll || !IsEmpty(field.Value)))
            {
                field.WriteTo(json);
            }
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private bool IsWanted()
    {
        if (filters is null or [])
        {
            return true;
        }

        using var line = JsonDocument.Parse(_line.WrittenMemory);
        return filters.All(filter => filter.Matches(line.RootElement));
    }

    private AvroReadError Format(SchemaResolution plan, ReadOnlySpan<byte> value, out string text)
    {
        text = "";
        if (plan.Reader == plan.Writer)
        {
            return GenericJson.TryFormat(plan.Writer, value, out text);
        }

        var error = plan.Resolve(value, _resolved);
        return error == AvroReadError.None ? GenericJson.TryFormat(plan.Reader, _resolved.WrittenSpan, out text) : error;
    }

    private async ValueTask<(SchemaResolution? Plan, string? Problem)> SchemaOfAsync(byte[]? value, CancellationToken cancellation)
    {
        if (value is null)
        {
            return (null, "no value");
        }

        if (!ConfluentFrame.TryRead(value, out var id, out _))
        {
            return (null, "not in the framing of the Schema Registry");
        }

        if (_schemas.TryGetValue(id, out var known))
        {
            return (known, null);
        }

        var parsed = await AskAsync(id, cancellation);
        if (parsed is null)
        {
            return (null, $"the registry has no schema {id}");
        }

        if (parsed.Schema is not { } writer)
        {
            return (null, $"schema {id}: {parsed.Problems[0]}");
        }

        known = SchemaResolution.Plan(reader ?? writer, writer);
        _schemas.Add(id, known);
        return (known, null);
    }

    private async Task<SchemaParseResult?> AskAsync(int id, CancellationToken cancellation)
    {
        try
        {
            return await RegistrySchemas.ParseAsync(registry, id, cancellation);
        }
        catch (SchemaRegistryException problem)
        {
            throw new UnavailableException($"Schema Registry: {problem.Message}", problem);
        }
    }
}
