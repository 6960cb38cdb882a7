using AdTracking.Avro.Framing;
using AdTracking.Avro.Records;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Wire;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Serdes;

/// <summary>Reads generated records for consumers of Confluent.Kafka from Confluent's wire format, whatever version of the schema they were
/// written with: what was added since has its default. The first message of a schema id asks the registry; as an <see
/// cref="IDeserializer{T}"/> that blocks the consumer's thread once. For several threads.</summary>
/// <typeparam name="T">The generated record. A tombstone is null.</typeparam>
public sealed class RecordDeserializer<T> : IDeserializer<T?>, IAsyncDeserializer<T?>
    where T : class, IAvroRecord<T>
{
    private readonly WriterSchemas<SchemaResolution> _plans;

    /// <summary>Makes a deserialiser.</summary>
    public RecordDeserializer(SchemaRegistryClient registry, SerdesOptions? options = null) => _plans = new WriterSchemas<SchemaResolution>(
        registry, (options ?? SerdesOptions.Default).SchemasMax, static writer => SchemaResolution.Plan(AvroRecord.SchemaOf<T>(), writer));

    /// <inheritdoc/>
    public T? Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (isNull)
        {
            return null;
        }

        var id = IdOf(data);
        return Record(data, _plans.TryGet(id, out var plan) ? plan : _plans.GetAsync(id).AsTask().GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public async Task<T?> DeserializeAsync(ReadOnlyMemory<byte> data, bool isNull, SerializationContext context)
    {
        if (isNull)
        {
            return null;
        }

        var plan = await _plans.GetAsync(IdOf(data.Span));
        return Record(data.Span, plan);
    }

    private static int IdOf(ReadOnlySpan<byte> data) => ConfluentFrame.TryRead(data, out var id, out _)
        ? id
        : throw new InvalidDataException($"A message of {data.Length} bytes that does not begin with a zero byte and a schema id.");

    private static T Record(ReadOnlySpan<byte> data, SchemaResolution plan)
    {
        if (AvroRecord.TryDecode(data[ConfluentFrame.HeaderLength..], plan, out T? record, out var error))
        {
            return record;
        }

        var why = error == AvroReadError.NotResolvable && plan.Problems.FirstOrDefault(static problem => !problem.IsWarning) is { } first
            ? $"{error}: {first}"
            : error.ToString();
        throw new InvalidDataException($"A message that is no {typeof(T).Name}: {why}.");
    }
}
