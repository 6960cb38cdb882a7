using System.Text;
using AdTracking.Avro.Framing;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.Cli.CommandLine;
using AdTracking.SchemaRegistry;

namespace AdTracking.Cli.Verifying;

/// <summary>Reads from a record's value what the comparison needs, whatever version of its schema it was written in.</summary>
internal sealed class RecordFacts(SchemaRegistryClient registry) : IDisposable
{
    private const string Fields = """
        {"name":"received_ts","type":"long"},{"name":"edge_id","type":"string"},{"name":"publisher_id","type":"string","default":""}
        """;

    private readonly Dictionary<int, AvroSchema> _schemas = [];
    private readonly Dictionary<int, SchemaResolution> _plans = [];
    private readonly ResolvedBytes _bytes = new();

    /// <summary>The schema that a value was written in; null when it is in no framing, or the registry does not have it.</summary>
    public async ValueTask<AvroSchema?> SchemaOfAsync(byte[]? value, CancellationToken cancellation)
    {
        if (value is null || !ConfluentFrame.TryRead(value, out var id, out _))
        {
            return null;
        }

        if (_schemas.TryGetValue(id, out var known))
        {
            return known;
        }

        try
        {
            var text = await registry.GetSchemaAsync(id, cancellation);
            if (text is null || SchemaParser.Parse(Encoding.UTF8.GetBytes(text)).Schema is not RecordSchema schema)
            {
                return null;
            }

            _schemas.Add(id, schema);
            _plans.Add(id, SchemaResolution.Plan(Projection(schema), schema));
            return schema;
        }
        catch (SchemaRegistryException problem)
        {
            throw new UnavailableException($"Schema Registry: {problem.Message}", problem);
        }
    }

    /// <summary>Reads a value whose schema is known. The publisher is empty where the schema has none.</summary>
    public bool TryRead(byte[] value, out long receivedMs, out string edge, out byte[] publisher)
    {
        (receivedMs, edge, publisher) = (0, "", []);
        if (!ConfluentFrame.TryRead(value, out var id, out var payload) || !_plans.TryGetValue(id, out var plan))
        {
            return false;
        }

        if (plan.Resolve(payload, _bytes) != AvroReadError.None)
        {
            return false;
        }

        var reader = new AvroReader(_bytes.WrittenSpan);
        receivedMs = reader.ReadLong();
        edge = reader.ReadString();
        publisher = reader.ReadStringUtf8().ToArray();
        return !reader.Failed;
    }

    public void Dispose() => _bytes.Dispose();

    private static AvroSchema Projection(RecordSchema schema) =>
        SchemaParser.Parse($$"""{"type":"record","name":"{{schema.FullName}}","fields":[{{Fields}}]}""").Schema!;
}
