using System.Text.Json;
using AdTracking.Avro.Framing;
using AdTracking.Avro.Records;
using AdTracking.Events;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Serdes.Tests;

public sealed class SerdesTests : IDisposable
{
    private const string OlderSchema = """
        {"type":"record","name":"BadEvent","namespace":"adtracking.events","fields":[
          {"name":"bad_id","type":"string"},{"name":"received_ts","type":"long"},{"name":"edge_id","type":"string"},{"name":"gone","type":"int"}]}
        """;

    private static readonly SerializationContext Value = new(MessageComponentType.Value, "ad.bad");

    private readonly FakeRegistry _registry = new();

    private SchemaRegistryClient Client => new(_registry.Client(), new SchemaRegistryOptions { BaseAddress = new Uri("http://registry") });

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Deserialize_WhatWasSerialized_ComesBackAndTheRegistryIsAskedOnce()
    {
        var id = _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        var serializer = new RecordSerializer<BadEvent>(Client);
        var deserializer = new RecordDeserializer<BadEvent>(Client);

        var bytes = serializer.Serialize(Record(1), Value);
        deserializer.Deserialize(bytes, isNull: false, Value).ShouldBe(Record(1));
        var requests = _registry.Requests;
        for (var i = 0; i < 100; i++)
        {
            deserializer.Deserialize(serializer.Serialize(Record(i), Value), isNull: false, Value).ShouldBe(Record(i));
        }

        ConfluentFrame.TryRead(bytes, out var used, out _).ShouldBeTrue();
        used.ShouldBe(id);
        _registry.Requests.ShouldBe(requests);
    }

    [Fact]
    public async Task Async_SameBytesAndSameRecords()
    {
        _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        var serializer = new RecordSerializer<BadEvent>(Client);
        await serializer.PrepareAsync("ad.bad");
        var bytes = await serializer.SerializeAsync(Record(5), Value);

        bytes.ShouldBe(serializer.Serialize(Record(5), Value));
        (await new RecordDeserializer<BadEvent>(Client).DeserializeAsync(bytes, isNull: false, Value)).ShouldBe(Record(5));
    }

    [Fact]
    public void Tombstone_IsNullBothWaysAndAsksNobody()
    {
        new RecordSerializer<BadEvent>(Client).Serialize(null, Value).ShouldBeNull();
        new RecordDeserializer<BadEvent>(Client).Deserialize([], isNull: true, Value).ShouldBeNull();
        new JsonAvroSerializer(Client, BadEvent.SchemaJson).Serialize(null, Value).ShouldBeNull();
        new JsonAvroDeserializer(Client).Deserialize([], isNull: true, Value).ShouldBeNull();
        _registry.Requests.ShouldBe(0);
    }

    [Fact]
    public void Serialize_SchemaNotRegistered_IsRefusedUntilItIs()
    {
        var serializer = new RecordSerializer<BadEvent>(Client);
        Should.Throw<SchemaRegistryException>(() => serializer.Serialize(Record(1), Value)).Message.ShouldContain("ad.bad-value");

        var id = _registry.Register("ad.bad-value", BadEvent.SchemaJson);

        ConfluentFrame.TryRead(serializer.Serialize(Record(1), Value), out var used, out _).ShouldBeTrue();
        used.ShouldBe(id);
    }

    [Fact]
    public void Serialize_AutoRegister_Registers()
    {
        var serializer = new RecordSerializer<BadEvent>(Client, new SerdesOptions { AutoRegister = true });

        serializer.Serialize(Record(1), Value).Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Serialize_RecordOfAMegabyte_FitsAndBeyondTheLimitIsRefused()
    {
        _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        var large = Record(1) with { Body = new AvroBytes(new byte[1_000_000]) };

        var bytes = new RecordSerializer<BadEvent>(Client).Serialize(large, Value);

        new RecordDeserializer<BadEvent>(Client).Deserialize(bytes, isNull: false, Value).ShouldBe(large);
        var strict = new RecordSerializer<BadEvent>(Client, new SerdesOptions { MessageBytesMax = 10_000 });
        Should.Throw<InvalidDataException>(() => strict.Serialize(large, Value)).Message.ShouldContain("10000");
    }

    [Fact]
    public void Deserialize_OtherVersionsAndBounds_AreReadThroughTheirSchemas()
    {
        _registry.Register("ad.bad-value", OlderSchema);
        var older = new JsonAvroSerializer(Client, OlderSchema);
        var bytes = older.Serialize("""{"bad_id":"b","received_ts":1700000000000,"edge_id":"e","gone":4}""", Value);
        var deserializer = new RecordDeserializer<BadEvent>(Client, new SerdesOptions { SchemasMax = 1 });

        var record = deserializer.Deserialize(bytes, isNull: false, Value);

        (record!.BadId, record.EdgeId, record.Route, record.ReceivedTs.ToUnixTimeSeconds()).ShouldBe(("b", "e", null, 1_700_000_000));
        JsonDocument.Parse(new JsonAvroDeserializer(Client).Deserialize(bytes, isNull: false, Value)!).RootElement
            .GetProperty("gone").GetInt32().ShouldBe(4);

        _registry.Register("other-value", BadEvent.SchemaJson);
        var own = new RecordSerializer<BadEvent>(Client, new SerdesOptions { Subject = static _ => "other-value" });
        for (var i = 0; i < 3; i++)
        {
            deserializer.Deserialize(own.Serialize(Record(i), Value), isNull: false, Value).ShouldBe(Record(i));
            deserializer.Deserialize(bytes, isNull: false, Value)!.BadId.ShouldBe("b");
        }
    }

    [Fact]
    public void Deserialize_SchemaThatRefersToOtherSubjects_IsReadWithThem()
    {
        _registry.Register("colour", """{"type":"enum","name":"Colour","namespace":"x","symbols":["RED","BLUE"]}""");
        _registry.Register(
            "line", """{"type":"record","name":"Line","namespace":"x","fields":[{"name":"c","type":"Colour"}]}""",
            new { name = "x.Colour", subject = "colour", version = 1 });
        var id = _registry.Register(
            "order-value", """{"type":"record","name":"Order","namespace":"x","fields":[{"name":"l","type":"Line"},{"name":"c","type":"Colour"}]}""",
            new { name = "x.Line", subject = "line", version = 1 });

        var json = new JsonAvroDeserializer(Client).Deserialize([0, 0, 0, 0, (byte)id, 2, 0], isNull: false, Value);

        json.ShouldBe("""{"l":{"c":"BLUE"},"c":"RED"}""");
    }

    [Fact]
    public void Deserialize_HostileBytes_AreInvalidData()
    {
        _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        var bytes = new RecordSerializer<BadEvent>(Client).Serialize(Record(1), Value);
        var deserializer = new RecordDeserializer<BadEvent>(Client);

        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<InvalidDataException>(() => deserializer.Deserialize(bytes.AsSpan(0, length), isNull: false, Value));
        }

        Should.Throw<InvalidDataException>(() => deserializer.Deserialize([1, .. bytes[1..]], isNull: false, Value));
        Should.Throw<InvalidDataException>(() => deserializer.Deserialize([.. bytes, 0], isNull: false, Value));
        Should.Throw<SchemaRegistryException>(() => deserializer.Deserialize([0, 0, 9, 9, 9], isNull: false, Value)).Message.ShouldContain("592137");
    }

    private static BadEvent Record(int i) => new()
    {
        BadId = $"bad-{i}",
        ReceivedTs = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + i),
        EdgeId = "edge",
        Headers = [new("k", $"v{i}")],
        Body = new AvroBytes(new byte[i]),
    };
}
