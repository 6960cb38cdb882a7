using System.Text;
using AdTracking.Queue.Accounting;

namespace AdTracking.Emitter.Tests;

public sealed class EventSumTests
{
    /// <summary>Published ledger entries carry these sums: they are the same for ever.</summary>
    [Theory]
    [InlineData("k", "")]
    [InlineData("serving-1", "0123456789abcdef!")]
    [InlineData("serving-1", "01234567")]
    public void Of_KnownBytes_IsCrc32COfLengthKeyAndValue(string key, string value) =>
        EventSum.Of(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value)).ShouldBe(SlowSum(key, value));

    [Fact]
    public void Of_AnyBitFlipped_IsAnotherNumber()
    {
        var key = Encoding.UTF8.GetBytes("serving-1");
        var value = Encoding.UTF8.GetBytes("a value of some bytes, 37 of them in all");
        var whole = EventSum.Of(key, value);
        foreach (var bytes in (byte[][])[key, value])
        {
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                EventSum.Of(key, value).ShouldNotBe(whole);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Of_AByteMovedFromKeyToValue_IsAnotherNumber() => EventSum.Of("ab"u8, "c"u8).ShouldNotBe(EventSum.Of("a"u8, "bc"u8));

    // CRC-32C (Castagnoli, reflected), bit by bit, over the key's length, the key and the value; no inversion at the end.
    private static uint SlowSum(string key, string value)
    {
        var crc = uint.MaxValue;
        foreach (var b in (byte[])[.. BitConverter.GetBytes(key.Length), .. Encoding.UTF8.GetBytes(key), .. Encoding.UTF8.GetBytes(value)])
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return crc;
    }
}
