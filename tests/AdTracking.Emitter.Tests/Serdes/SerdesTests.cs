using System.Text.Json;
using AdTracking.Avro;
using AdTracking.Avro.Registry;
using AdTracking.Events;
using Confluent.Kafka;

namespace AdTracking.Emitter.Tests.Serdes;

public sealed class SerdesTests : IDisposable
{
    private const string OlderSchema = """
        {"type":"record","name":"BadEvent","namespace":"adtracking.events","fields":[
          {"name":"bad_id","type":"string"},{"name":"received_ts","type":"long"},{"name":"edge_id","type":"string"},{"name":"gone","type":"int"}]}
        """;

    private static readonly SerializationContext s_value = new(MessageComponentType.Value, "ad.bad");

    private readonly FakeRegistry _registry = new();

    private SchemaRegistryClient Client => new(_registry.Client(), new SchemaRegistryOptions { BaseAddress = new Uri("http://registry") });

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Deserialize_WhatWasSerialized_ComesBackAndTheRegistryIsAskedOnce()
    {
        int id = _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        var serializer = new RecordSerializer<BadEvent>(Client);
        var deserializer = new RecordDeserializer<BadEvent>(Client);

        byte[] bytes = serializer.Serialize(Record(1), s_value);
        deserializer.Deserialize(bytes, isNull: false, s_value).ShouldBe(Record(1));
        int requests = _registry.Requests;
        for (int i = 0; i < 100; i++)
            deserializer.Deserialize(serializer.Serialize(Record(i), s_value), isNull: false, s_value).ShouldBe(Record(i));

        ConfluentFrame.TryRead(bytes, out int used, out _).ShouldBeTrue();
        used.ShouldBe(id);
        _registry.Requests.ShouldBe(requests);
    }

    [Fact]
    public async Task Async_SameBytesAndSameRecords()
    {
        _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        var serializer = new RecordSerializer<BadEvent>(Client);
        await serializer.PrepareAsync("ad.bad");
        byte[] bytes = await serializer.SerializeAsync(Record(5), s_value);

        bytes.ShouldBe(serializer.Serialize(Record(5), s_value));
        (await new RecordDeserializer<BadEvent>(Client).DeserializeAsync(bytes, isNull: false, s_value)).ShouldBe(Record(5));
    }

    [Fact]
    public void Tombstone_IsNullBothWaysAndAsksNobody()
    {
        new RecordSerializer<BadEvent>(Client).Serialize(null, s_value).ShouldBeNull();
        new RecordDeserializer<BadEvent>(Client).Deserialize([], isNull: true, s_value).ShouldBeNull();
        new JsonAvroSerializer(Client, BadEvent.SchemaJson).Serialize(null, s_value).ShouldBeNull();
        new JsonAvroDeserializer(Client).Deserialize([], isNull: true, s_value).ShouldBeNull();
        _registry.Requests.ShouldBe(0);
    }

    [Fact]
    public void Serialize_SchemaNotRegistered_IsRefusedUntilItIs()
    {
        var serializer = new RecordSerializer<BadEvent>(Client);
        Should.Throw<SchemaRegistryException>(() => serializer.Serialize(Record(1), s_value)).Message.ShouldContain("ad.bad-value");

        int id = _registry.Register("ad.bad-value", BadEvent.SchemaJson);

        ConfluentFrame.TryRead(serializer.Serialize(Record(1), s_value), out int used, out _).ShouldBeTrue();
        used.ShouldBe(id);
    }

    [Fact]
    public void Serialize_AutoRegister_Registers()
    {
        var serializer = new RecordSerializer<BadEvent>(Client, new SerdesOptions { AutoRegister = true });

        serializer.Serialize(Record(1), s_value).Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Serialize_RecordOfAMegabyte_FitsAndBeyondTheLimitIsRefused()
    {
        _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        BadEvent large = Record(1) with { Body = new AvroBytes(new byte[1_000_000]) };

        byte[] bytes = new RecordSerializer<BadEvent>(Client).Serialize(large, s_value);

        new RecordDeserializer<BadEvent>(Client).Deserialize(bytes, isNull: false, s_value).ShouldBe(large);
        var strict = new RecordSerializer<BadEvent>(Client, new SerdesOptions { MessageBytesMax = 10_000 });
        Should.Throw<InvalidDataException>(() => strict.Serialize(large, s_value)).Message.ShouldContain("10000");
    }

    [Fact]
    public void Deserialize_OtherVersionsAndBounds_AreReadThroughTheirSchemas()
    {
        _registry.Register("ad.bad-value", OlderSchema);
        var older = new JsonAvroSerializer(Client, OlderSchema);
        byte[] bytes = older.Serialize("""{"bad_id":"b","received_ts":1700000000000,"edge_id":"e","gone":4}""", s_value);
        var deserializer = new RecordDeserializer<BadEvent>(Client, new SerdesOptions { SchemasMax = 1 });

        BadEvent? record = deserializer.Deserialize(bytes, isNull: false, s_value);

        (record!.BadId, record.EdgeId, record.Route, record.ReceivedTs.ToUnixTimeSeconds()).ShouldBe(("b", "e", null, 1_700_000_000));
        JsonDocument.Parse(new JsonAvroDeserializer(Client).Deserialize(bytes, isNull: false, s_value)!).RootElement
            .GetProperty("gone").GetInt32().ShouldBe(4);

        _registry.Register("other-value", BadEvent.SchemaJson);
        var own = new RecordSerializer<BadEvent>(Client, new SerdesOptions { Subject = static _ => "other-value" });
        for (int i = 0; i < 3; i++)
        {
            deserializer.Deserialize(own.Serialize(Record(i), s_value), isNull: false, s_value).ShouldBe(Record(i));
            deserializer.Deserialize(bytes, isNull: false, s_value)!.BadId.ShouldBe("b");
        }
    }

    [Fact]
    public void Deserialize_SchemaThatRefersToOtherSubjects_IsReadWithThem()
    {
        _registry.Register("colour", """{"type":"enum","name":"Colour","namespace":"x","symbols":["RED","BLUE"]}""");
        _registry.Register(
            "line", """{"type":"record","name":"Line","namespace":"x","fields":[{"name":"c","type":"Colour"}]}""",
            new { name = "x.Colour", subject = "colour", version = 1 });
        int id = _registry.Register(
            "order-value", """{"type":"record","name":"Order","namespace":"x","fields":[{"name":"l","type":"Line"},{"name":"c","type":"Colour"}]}""",
            new { name = "x.Line", subject = "line", version = 1 });

        string? json = new JsonAvroDeserializer(Client).Deserialize([0, 0, 0, 0, (byte)id, 2, 0], isNull: false, s_value);

        json.ShouldBe("""{"l":{"c":"BLUE"},"c":"RED"}""");
    }

    [Fact]
    public void Deserialize_HostileBytes_AreInvalidData()
    {
        _registry.Register("ad.bad-value", BadEvent.SchemaJson);
        byte[] bytes = new RecordSerializer<BadEvent>(Client).Serialize(Record(1), s_value);
        var deserializer = new RecordDeserializer<BadEvent>(Client);

        for (int length = 0; length < bytes.Length; length++)
            Should.Throw<InvalidDataException>(() => deserializer.Deserialize(bytes.AsSpan(0, length), isNull: false, s_value));
        Should.Throw<InvalidDataException>(() => deserializer.Deserialize([1, .. bytes[1..]], isNull: false, s_value));
        Should.Throw<InvalidDataException>(() => deserializer.Deserialize([.. bytes, 0], isNull: false, s_value));
        Should.Throw<SchemaRegistryException>(() => deserializer.Deserialize([0, 0, 9, 9, 9], isNull: false, s_value)).Message.ShouldContain("592137");
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
