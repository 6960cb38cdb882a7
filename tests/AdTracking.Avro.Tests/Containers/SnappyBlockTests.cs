using System.Buffers.Binary;
using System.Text;
using AdTracking.Avro.Containers;

namespace AdTracking.Avro.Tests;

public sealed class SnappyBlockTests
{
    [Theory]
    [InlineData("00", "")]
    [InlineData("03" + "08616263", "abc")]
    [InlineData("03" + "F002616263", "abc")] // literal with its length in a byte
    [InlineData("03" + "F40200616263", "abc")] // in two
    [InlineData("09" + "08616263" + "0903", "abcabcabc")] // copy of 6 from 3 back, which overlaps itself
    [InlineData("09" + "08616263" + "160300", "abcabcabc")]
    [InlineData("09" + "08616263" + "1703000000", "abcabcabc")]
    public void TryDecompress_Elements_AreUnderstood(string hex, string expected)
    {
        SnappyBlock.TryDecompress(WithChecksum(hex, expected), 100, out var plain).ShouldBeTrue();
        Encoding.ASCII.GetString(plain).ShouldBe(expected);
        SnappyBlock.TryDecompress(WithChecksum(hex, expected + "?"), 100, out _).ShouldBeFalse("the checksum is another's");
        SnappyBlock.TryDecompress(WithChecksum(hex, expected), Math.Max(0, expected.Length - 1), out _).ShouldBe(expected.Length == 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("03")]
    [InlineData("0408616263")] // less than announced
    [InlineData("0208616263")] // more than announced
    [InlineData("030C616263")] // literal beyond the end
    [InlineData("03" + "FC020000")] // length of a literal cut
    [InlineData("03" + "FCFFFFFFFF616263")]
    [InlineData("09" + "08616263" + "0904")] // copy from before the beginning
    [InlineData("09" + "08616263" + "0900")] // from nowhere
    [InlineData("09" + "08616263" + "09")]
    [InlineData("FFFFFFFF0F")] // 4 GiB of nothing
    [InlineData("FFFFFFFFFF01")]
    public void TryDecompress_NotSnappy_IsRefused(string hex) =>
        SnappyBlock.TryDecompress(WithChecksum(hex, "abc"), int.MaxValue, out _).ShouldBeFalse();

    [Fact]
    public void Crc32_CheckValue_IsTheKnownOne() => Crc32.Of("123456789"u8).ShouldBe(0xCBF43926);

    private static byte[] WithChecksum(string hex, string text)
    {
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.Of(Encoding.ASCII.GetBytes(text)));
        return [.. Convert.FromHexString(hex), .. checksum];
    }
}
