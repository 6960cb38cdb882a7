using System.Text.Json;
using AdTracking.Emitter.Kafka;
using AdTracking.Events;
using AdTracking.SchemaRegistry;
using AdTracking.Serdes;
using AdTracking.Testing;
using Confluent.Kafka;

namespace AdTracking.Kafka.Tests.Serdes;

/// <summary>Confluent's own client, a real registry, a Kafka client: the same bytes both ways.</summary>
[Collection(RealParts.Name)]
public sealed class ConfluentSerdesTests(RealParts parts) : IDisposable
{
    private const string Topic = "ad.click";

    private readonly TemporaryDirectory _folder = new("serdes");

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Tool.Registry, Tool.NodePackages)]
    public async Task Confluent_OurClicks_AreReadAndWrittenWithTheSameBytes()
    {
        var registry = await parts.RegistryAsync();
        using var http = new HttpClient();
        var client = new SchemaRegistryClient(http, new SchemaRegistryOptions { BaseAddress = registry.Url });
        await client.RegisterAsync($"{Topic}-value", AdClick.SchemaJson);
        var context = new SerializationContext(MessageComponentType.Value, Topic);
        var serializer = new RecordSerializer<AdClick>(client);
        byte[][] ours = [.. Enumerable.Range(0, 50).Select(i => serializer.Serialize(Click(i), context))];
        FrameFile.Write(_folder.PathOf("ours"), ours);

        string[] arguments = [registry.Url.ToString(), Topic, _folder.PathOf("ours"), _folder.PathOf("theirs")];
        var run = (await ToolProcess.NodeAsync("confluent-serdes.mjs", arguments)).Succeeded("confluent-serdes.mjs");

        (await File.ReadAllBytesAsync(_folder.PathOf("theirs"))).ShouldBe(await File.ReadAllBytesAsync(_folder.PathOf("ours")));
        JsonDocument.Parse(run.Output).RootElement[49].GetProperty("event_id").GetString().ShouldBe("event-49");
        var deserializer = new RecordDeserializer<AdClick>(client);
        for (var i = 0; i < ours.Length; i++)
        {
            deserializer.Deserialize(ours[i], isNull: false, context).ShouldBe(Click(i));
        }
    }

    [Fact]
    public async Task Clients_ProduceAndConsume_ThroughTheSerdes()
    {
        using var kafka = EmbeddedKafka.Start(new TopicNames(), 1);
        using var registry = new FakeRegistry();
        registry.Register($"{Topic}-value", AdClick.SchemaJson);
        var client = new SchemaRegistryClient(registry.Client(), new SchemaRegistryOptions { BaseAddress = new Uri("http://registry") });
        using (var producer = new ProducerBuilder<string, AdClick?>(new ProducerConfig { BootstrapServers = kafka.BootstrapServers })
            .SetValueSerializer((ISerializer<AdClick?>)new RecordSerializer<AdClick>(client)).Build())
        {
            for (var i = 0; i < 10; i++)
            {
                await producer.ProduceAsync(Topic, new Message<string, AdClick?> { Key = "k", Value = i == 5 ? null : Click(i) });
            }
        }

        var config = new ConsumerConfig { BootstrapServers = kafka.BootstrapServers, GroupId = "serdes", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<string, AdClick?>(config)
            .SetValueDeserializer(new RecordDeserializer<AdClick>(client)).Build();
        consumer.Assign(new TopicPartitionOffset(Topic, 0, Offset.Beginning));

        for (var i = 0; i < 10; i++)
        {
            consumer.Consume(TimeSpan.FromSeconds(10)).Message.Value.ShouldBe(i == 5 ? null : Click(i));
        }
    }

    private static AdClick Click(int i) => new()
    {
        EventId = $"event-{i}",
        ReceivedTs = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + i),
        AdServingId = $"serving-{i % 7}",
        PublisherId = "p",
        EdgeId = "e",
        TrackingMethod = 505,
        PriceCpmMicros = i % 2 == 0 ? null : 1_250_000 + i,
        SigStatus = SigStatus.Valid,
        Gpc = i % 3 == 0 ? null : true,
        GppSid = [7, i],
        Ext = [new("k", "grüße"), new("l", "")],
    };
}
