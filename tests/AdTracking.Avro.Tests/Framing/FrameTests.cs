using AdTracking.Avro.Framing;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class FrameTests
{
    [Fact]
    public void Confluent_WrittenHeader_IsRead()
    {
        byte[] frame = [9, 9, 9, 9, 9, 42];
        ConfluentFrame.Write(frame, 0x01020304);

        Convert.ToHexString(frame).ShouldBe("00010203042A");
        ConfluentFrame.TryRead(frame, out var id, out var payload).ShouldBeTrue();
        (id, payload.Length, payload[0]).ShouldBe((0x01020304, 1, (byte)42));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("0100000001AA")]
    public void Confluent_NoHeader_IsRefused(string hex)
    {
        ConfluentFrame.TryRead(Convert.FromHexString(hex), out var id, out var payload).ShouldBeFalse();
        (id, payload.Length).ShouldBe((0, 0));
    }

    [Fact]
    public void SingleObject_MessageOfApacheAvro_IsReadAndWrittenAlike()
    {
        var schema = TestData.Schema(File.ReadAllText(TestData.PathOf("messageV1", "test_schema.avsc")));
        var message = File.ReadAllBytes(TestData.PathOf("messageV1", "test_message.bin"));

        SingleObjectFrame.TryRead(message, out var fingerprint, out var payload).ShouldBeTrue();
        fingerprint.ShouldBe(SchemaFingerprint.Crc64(schema));
        GenericJson.TryFormat(schema, payload, out var json).ShouldBe(AvroReadError.None);
        json.ShouldBe("""{"id":42,"name":"Bill","tags":["dog_lover","cat_hater"]}""");

        var ours = new byte[message.Length];
        SingleObjectFrame.Write(ours, SchemaFingerprint.Crc64(schema));
        AvroWriter writer = new(ours.AsSpan(SingleObjectFrame.HeaderLength));
        writer.WriteLong(42);
        writer.WriteString("Bill");
        writer.WriteArrayStart(2);
        writer.WriteStringUtf8("dog_lover"u8);
        writer.WriteStringUtf8("cat_hater"u8);
        writer.WriteBlockEnd();
        ours.ShouldBe(message);
    }

    [Theory]
    [InlineData("C301A92DE1F8A242F5")]
    [InlineData("C302A92DE1F8A242F53D00")]
    public void SingleObject_NoHeader_IsRefused(string hex) =>
        SingleObjectFrame.TryRead(Convert.FromHexString(hex), out _, out _).ShouldBeFalse();
}
