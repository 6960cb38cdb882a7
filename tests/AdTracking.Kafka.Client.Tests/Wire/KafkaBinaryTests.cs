using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Wire;

public sealed class KafkaBinaryTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(63, "7E")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(8191, "FE7F")]
    [InlineData(int.MaxValue, "FEFFFFFF0F")]
    [InlineData(int.MinValue, "FFFFFFFF0F")]
    public void Varint_Value_HasKafkasBytes(int value, string hex)
    {
        Span<byte> room = stackalloc byte[KafkaBinary.VarintBytesMax];

        KafkaBinary.TryWriteVarint(room, value, out var written).ShouldBeTrue();

        Convert.ToHexString(room[..written]).ShouldBe(hex);
        KafkaBinary.VarintLength(value).ShouldBe(written);
        KafkaBinary.TryReadVarint(room[..written], out var back, out var read).ShouldBeTrue();
        (back, read).ShouldBe((value, written));
    }

    [Fact]
    public void Varlong_EveryBitLength_ComesBackAndFitsExactly()
    {
        var room = new byte[KafkaBinary.VarlongBytesMax];
        for (var bits = 0; bits < 64; bits++)
        {
            foreach (var value in (long[])[1L << bits, (1L << bits) - 1, -(1L << bits), ~(1L << bits)])
            {
                var length = KafkaBinary.VarlongLength(value);
                KafkaBinary.TryWriteVarlong(room.AsSpan(0, length), value, out var written).ShouldBeTrue();
                written.ShouldBe(length);
                KafkaBinary.TryReadVarlong(room.AsSpan(0, length), out var back, out _).ShouldBeTrue();
                back.ShouldBe(value);
                KafkaBinary.TryReadVarlong(room.AsSpan(0, length - 1), out _, out var none).ShouldBeFalse();
                none.ShouldBe(0);
                KafkaBinary.TryWriteVarlong(room.AsSpan(0, length - 1), value, out _).ShouldBeFalse();
            }
        }
    }

    [Theory]
    [InlineData("FFFFFFFFFF00")]
    [InlineData("FFFFFFFF10")]
    public void ReadUnsignedVarint_MoreThan32Bits_IsAnError(string hex) =>
        KafkaBinary.TryReadUnsignedVarint(Convert.FromHexString(hex), out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01")]
    public void ReadVarlong_MoreThan64Bits_IsAnError(string hex) =>
        KafkaBinary.TryReadVarlong(Convert.FromHexString(hex), out _, out _).ShouldBeFalse();

    [Fact]
    public void Crc32C_KnownVectors_HaveTheirValues()
    {
        Crc32C.Of("123456789"u8).ShouldBe(0xE3069283u); // the check value of CRC-32C
        Crc32C.Of(new byte[32]).ShouldBe(0x8A9136AAu); // RFC 3720, B.4: 32 bytes of zeroes
        Crc32C.Of([]).ShouldBe(0u);
    }

    [Fact]
    public void WireBuffer_Growth_KeepsWhatWasWritten()
    {
        using var buffer = new WireBuffer(16);
        for (var i = 0; i < 10_000; i++)
        {
            buffer.Append([(byte)i, (byte)(i >> 8)]);
        }

        buffer.Length.ShouldBe(20_000);
        for (var i = 0; i < 10_000; i++)
        {
            (buffer.Written[2 * i] + (buffer.Written[(2 * i) + 1] << 8)).ShouldBe(i);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => buffer.Advance(int.MaxValue));
        Should.Throw<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }
}
