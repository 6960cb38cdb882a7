using System.Numerics;
using AdTracking.Avro.Logical;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class AvroDecimalTests
{
    [Theory]
    [InlineData("0", 2, "00")]
    [InlineData("1.27", 2, "7F")]
    [InlineData("1.28", 2, "0080")]
    [InlineData("-1.28", 2, "80")]
    [InlineData("-1.29", 2, "FF7F")]
    [InlineData("12.500", 1, "7D")]
    [InlineData("79228162514264337593543950335", 0, "00FFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("-79228162514264337593543950335", 0, "FF000000000000000000000001")]
    public void WriteDecimal_Value_IsTheShortestTwosComplement(string text, int scale, string hex)
    {
        var value = decimal.Parse(text);
        var room = new byte[32];
        AvroWriter writer = new(room);

        writer.WriteDecimal(value, scale);

        Convert.ToHexString(writer.WrittenSpan[1..]).ShouldBe(hex);
        AvroReader reader = new(writer.WrittenSpan);
        reader.ReadDecimal(scale).ShouldBe(value);
        reader.Failed.ShouldBeFalse();
        AvroDecimal.ToText(Convert.FromHexString(hex), scale).ShouldBe(value.ToString("F" + scale));
    }

    [Theory]
    [InlineData("0.005", 2)] // would have to be rounded
    [InlineData("79228162514264337593543950335", 20)] // more than 128 bits
    public void WriteDecimal_NotExact_Fails(string text, int scale)
    {
        AvroWriter writer = new(new byte[32]);
        writer.WriteDecimal(decimal.Parse(text), scale);
        writer.Overflowed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("1.28", 1, false)]
    [InlineData("1.28", 2, true)]
    [InlineData("-1.28", 1, true)]
    [InlineData("-1.29", 16, true)]
    [InlineData("-1.29", 24, true)]
    [InlineData("1.29", 24, true)]
    public void WriteDecimalFixed_Size_FitsOrFails(string text, int size, bool fits)
    {
        var room = new byte[32];
        AvroWriter writer = new(room);

        writer.WriteDecimalFixed(decimal.Parse(text), 2, size);

        writer.Overflowed.ShouldBe(!fits);
        if (!fits)
        {
            return;
        }

        writer.Written.ShouldBe(size);
        AvroReader reader = new(writer.WrittenSpan);
        reader.ReadDecimalFixed(2, size).ShouldBe(decimal.Parse(text));
        new BigInteger(writer.WrittenSpan, isBigEndian: true).ShouldBe((BigInteger)(decimal.Parse(text) * 100));
    }

    [Theory]
    [InlineData("00", 2)] // no bytes at all
    [InlineData("1A7FFFFFFFFFFFFFFFFFFFFFFFFF", 0)] // 104 bits: beyond .NET's decimal
    [InlineData("2A0100000000000000000000000000000000000000", 0)] // beyond 128 bits
    [InlineData("0201", 29)] // a scale beyond .NET's
    public void ReadDecimal_BeyondDotNet_IsAnError(string hex, int scale)
    {
        AvroReader reader = new(Convert.FromHexString(hex));
        reader.ReadDecimal(scale);
        reader.Failed.ShouldBeTrue();
    }

    [Fact]
    public void Bytes_AnyNumber_AgreeWithBigInteger() => Fuzz.ForSeeds(500, random =>
    {
        Int128 number = new((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue));
        number >>= random.Next(128);
        var expected = ((BigInteger)number).ToByteArray(isBigEndian: true);
        var bytes = new byte[expected.Length];

        AvroDecimal.LengthOf(number).ShouldBe(expected.Length);
        AvroDecimal.TryWrite(bytes, number).ShouldBeTrue();
        bytes.ShouldBe(expected);
        AvroDecimal.TryRead(bytes, out var back).ShouldBeTrue();
        back.ShouldBe(number);
        AvroDecimal.TryWrite(bytes.AsSpan(1), number).ShouldBeFalse();
        AvroDecimal.TryDecimal(number, 0, out var money).ShouldBe(Int128.Abs(number == Int128.MinValue ? Int128.MaxValue : number) >> 96 == 0);
        (money == 0 || (BigInteger)money == number).ShouldBeTrue();
    });
}
