using AdTracking.Avro.Framing;
using AdTracking.Avro.Records;
using AdTracking.Avro.Schemas;
using AdTracking.Events;
using Avro.Generic;
using Confluent.Kafka;
using Confluent.SchemaRegistry.Serdes;
using ApacheSchema = Avro.Schema;

namespace AdTracking.Oracles.Tests;

/// <summary>Confluent's own deserialiser reads the frames that our code writes, and our code reads those of Confluent's serialiser.</summary>
public sealed class ConfluentSerdesTests(ITestOutputHelper output)
{
    private const int Values = 100;
    private const long FirstMs = 1_700_000_000_000; // 2023
    private const long RangeMs = 3_000_000_000_000; // to 2118: Apache's timestamps lose milliseconds beyond 2426

    private static readonly SerializationContext Context = new(MessageComponentType.Value, "topic");

    [Fact]
    public Task Impression_Frames_AreReadBothWays() => ReadBothWays<AdImpression>();

    [Fact]
    public Task Engagement_Frames_AreReadBothWays() => ReadBothWays<AdEngagement>();

    [Fact]
    public Task Click_Frames_AreReadBothWays() => ReadBothWays<AdClick>();

    [Fact]
    public Task BadEvent_Frames_AreReadBothWays() => ReadBothWays<BadEvent>();

    [Fact]
    public Task LedgerEntry_Frames_AreReadBothWays() => ReadBothWays<LedgerEntry>();

    private async Task ReadBothWays<T>()
        where T : class, IAvroRecord<T>
    {
        var random = Seeds.Random(output);
        var schema = (RecordSchema)AvroRecord.SchemaOf<T>();
        using var client = InMemoryRegistry.Create(out var registry);
        var id = registry.IdOf(T.SchemaJson);
        var theirs = ApacheSchema.Parse(T.SchemaJson);
        AvroDeserializer<GenericRecord> deserializer = new(client);
        AvroSerializer<GenericRecord> serializer = new(client);
        RandomDatum values = new(random);
        for (var i = 0; i < Values; i++)
        {
            var value = InRange(schema, (List<object?>)values.Of(schema)!);
            var frame = Framed<T>(SlowAvro.Encode(schema, value, random), id);

            var read = await deserializer.DeserializeAsync(frame, isNull: false, Context);
            var written = await serializer.SerializeAsync(read, Context);

            ApacheAvro.Show(read, theirs).ShouldBe(OurText.Show(value));
            ConfluentFrame.TryRead(written, out _, out var payload).ShouldBeTrue();
            payload.SequenceEqual(frame.AsSpan(ConfluentFrame.HeaderLength)).ShouldBeTrue();
            AvroRecord.TryDecode<T>(payload, out var back, out var error).ShouldBeTrue(error.ToString());
            AvroRecord.TryDecode<T>(frame.AsSpan(ConfluentFrame.HeaderLength), out var record, out _).ShouldBeTrue();
            back.ShouldBe(record);
        }
    }

    private static byte[] Framed<T>(byte[] data, int id)
        where T : class, IAvroRecord<T>
    {
        AvroRecord.TryDecode<T>(data, out var record, out var error).ShouldBeTrue(error.ToString());
        var room = new byte[1 << 16];
        ConfluentFrame.TryEncode(record, id, room, out var written).ShouldBeTrue();
        return room[..written];
    }

    private static List<object?> InRange(RecordSchema schema, List<object?> values) =>
        [.. schema.Fields.Zip(values, (field, value) => InRange(field.Schema, value))];

    private static object? InRange(AvroSchema schema, object? value) => (schema, value) switch
    {
        (UnionSchema union, SlowAvro.Branch branch) => branch with { Value = InRange(union.Branches[branch.Index], branch.Value) },
        ({ LogicalType.Kind: LogicalTypeKind.TimestampMillis }, long ms) => FirstMs + (Math.Abs(ms) % RangeMs),
        _ => value,
    };
}
