using AdTracking.Avro.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace AdTracking.Avro.Tests;

public sealed class AvroBinaryTests
{
    // The first seven are the table of the specification.
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-2, "03")]
    [InlineData(2, "04")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(int.MaxValue, "FEFFFFFF0F")]
    [InlineData(int.MinValue, "FFFFFFFF0F")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void TryWriteLong_Value_IsTheseBytes(long value, string hex)
    {
        Span<byte> room = stackalloc byte[AvroBinary.LongBytesMax];

        AvroBinary.TryWriteLong(room, value, out var written).ShouldBeTrue();

        Convert.ToHexString(room[..written]).ShouldBe(hex);
        AvroBinary.LongLength(value).ShouldBe(written);
        AvroBinary.TryReadLong(room, out var back, out var read).ShouldBeTrue();
        (back, read).ShouldBe((value, written));
    }

    [Fact]
    public void LongLength_EveryPowerOfTwoAndItsNeighbours_IsWhatTheSlowWriterWrites()
    {
        for (var bit = 0; bit < 64; bit++)
        {
            for (var around = -2; around <= 2; around++)
            {
                var value = unchecked((1L << bit) + around);
                AvroBinary.LongLength(value).ShouldBe(SlowAvro.Long(value).Length, $"{value}");
                AvroBinary.LongLength(~value).ShouldBe(SlowAvro.Long(~value).Length, $"{~value}");
            }
        }
    }

    [Fact]
    public void Long_AnyValue_AgreesWithTheSlowImplementation() =>
        Prop.ForAll(Fuzz.Longs(), value =>
        {
            var room = new byte[AvroBinary.LongBytesMax];
            var done = AvroBinary.TryWriteLong(room, value, out var written);
            return done && room.AsSpan(0, written).SequenceEqual(SlowAvro.Long(value))
                && AvroBinary.TryReadLong(room.AsSpan(0, written), out var back, out var read) && back == value && read == written;
        }).Check(Fuzz.Configuration(100));

    [Theory]
    [InlineData("80")] // goes on, but does not
    [InlineData("FFFFFFFFFF")] // five bytes that go on
    [InlineData("FFFFFFFF1F")] // 33 bits
    [InlineData("8080808010")] // 2^32
    [InlineData("808080808000")] // six bytes, though for a small number
    [InlineData("")]
    public void TryReadInt_NotAnInt_IsRefused(string hex)
    {
        AvroBinary.TryReadInt(Convert.FromHexString(hex), out var value, out var read).ShouldBeFalse();
        (value, read).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF02")] // 65 bits
    [InlineData("8080808080808080808000")] // eleven bytes
    [InlineData("FFFFFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFF")]
    [InlineData("")]
    public void TryReadLong_NotALong_IsRefused(string hex)
    {
        AvroBinary.TryReadLong(Convert.FromHexString(hex), out var value, out var read).ShouldBeFalse();
        (value, read).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("8000", 0)] // longer than needed, but no more than an int may take: others read it, so do we
    [InlineData("8080808000", 0)]
    public void TryReadInt_LongerThanNeeded_IsRead(string hex, int expected)
    {
        AvroBinary.TryReadInt(Convert.FromHexString(hex), out var value, out _).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "00")]
    [InlineData("foo", "06666F6F")]
    [InlineData("\u00FF\u20AC", "0AC3BFE282AC")]
    [InlineData("\U0001F600", "08F09F9880")]
    public void TryWriteString_Text_IsLengthAndUtf8(string text, string hex)
    {
        Span<byte> room = stackalloc byte[16];

        AvroBinary.TryWriteString(room, text, out var written).ShouldBeTrue();

        Convert.ToHexString(room[..written]).ShouldBe(hex);
        AvroBinary.TryReadString(room, out var back, out var read).ShouldBeTrue();
        (back, read).ShouldBe((text, written));
    }

    [Fact]
    public void TryWriteString_LoneSurrogate_IsTheReplacementCharacter()
    {
        Span<byte> room = stackalloc byte[8];

        AvroBinary.TryWriteString(room, "\uD800", out var written).ShouldBeTrue();

        Convert.ToHexString(room[..written]).ShouldBe("06EFBFBD");
    }

    // Around every length at which the length itself takes a byte more than guessed from the characters.
    [Theory]
    [InlineData('a')]
    [InlineData('\u00E9')]
    [InlineData('\u20AC')]
    public void TryWriteString_EveryLengthAndEveryRoom_WritesAllOrNothing(char letter)
    {
        foreach (var length in (int[])[.. Enumerable.Range(0, 70), 2730, 2731, 4095, 4096, 8191, 8192])
        {
            string text = new(letter, length);
            var expected = SlowAvro.String(text);
            foreach (var room in (int[])[expected.Length + 3, expected.Length, expected.Length - 1, expected.Length / 2])
            {
                var destination = new byte[room];
                var done = AvroBinary.TryWriteString(destination, text, out var written);
                done.ShouldBe(room >= expected.Length, $"{length} in {room}");
                written.ShouldBe(done ? expected.Length : 0);
                if (done)
                {
                    destination.AsSpan(0, written).SequenceEqual(expected).ShouldBeTrue();
                }
            }
        }
    }

    [Theory]
    [InlineData("01")] // length -1
    [InlineData("06666F")] // 3 announced, 2 there
    [InlineData("FEFFFFFFFFFFFFFFFF01")] // 2^63 - 1 announced
    [InlineData("FFFFFFFFFFFFFFFFFF01")] // -2^63 announced
    [InlineData("8080808080808080807F")]
    public void TryReadBytes_LengthThatIsNotThere_IsRefused(string hex)
    {
        AvroBinary.TryReadBytes(Convert.FromHexString(hex), out var value, out var read).ShouldBeFalse();
        (value.Length, read).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("02FF")]
    [InlineData("04C080")] // overlong
    [InlineData("06EDA080")] // surrogate
    [InlineData("04E282")] // cut
    public void TryReadString_BadUtf8_IsRefused(string hex) =>
        AvroBinary.TryReadString(Convert.FromHexString(hex), out _, out _).ShouldBeFalse();

    [Fact]
    public void Reals_AnyBits_AgreeWithTheSlowImplementation() =>
        Prop.ForAll(Fuzz.Longs(), bits =>
        {
            var wide = BitConverter.Int64BitsToDouble(bits);
            var narrow = BitConverter.Int32BitsToSingle((int)bits);
            var room = new byte[8];
            return AvroBinary.TryWriteDouble(room, wide, out var eight) && eight == 8 && room.AsSpan().SequenceEqual(SlowAvro.LittleEndian(bits, 8))
                && AvroBinary.TryReadDouble(room, out var back, out _) && BitConverter.DoubleToInt64Bits(back) == bits
                && AvroBinary.TryWriteFloat(room, narrow, out var four) && four == 4
                && room.AsSpan(0, 4).SequenceEqual(SlowAvro.LittleEndian((uint)bits, 4))
                && !AvroBinary.TryWriteDouble(room.AsSpan(1), wide, out _) && !AvroBinary.TryReadFloat(room.AsSpan(0, 3), out _, out _);
        }).Check(Fuzz.Configuration(100));

    [Theory]
    [InlineData("00", true, false)]
    [InlineData("01", true, true)]
    [InlineData("02", false, false)]
    [InlineData("FF", false, false)]
    [InlineData("", false, false)]
    public void TryReadBoolean_Byte_IsZeroOrOne(string hex, bool valid, bool expected)
    {
        AvroBinary.TryReadBoolean(Convert.FromHexString(hex), out var value, out _).ShouldBe(valid);
        value.ShouldBe(expected);
    }
}
