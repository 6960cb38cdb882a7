using System.Buffers;
using System.Text;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Intake;

namespace AdTracking.Gateway.Tests.Intake;

public sealed class ContentUnpackerTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData(" GZIP ")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Unpack_WholeBody_GivesItBack(string header)
    {
        var packed = Samples.Pack(header.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : header, Plain);

        Unpack(header, packed, Plain.Length).ShouldBe((FaultCode.None, Encoding.UTF8.GetString(Plain)));
    }

    [Fact]
    public void Unpack_GzipOfSeveralMembers_GivesThemJoined()
    {
        var one = Samples.Pack("gzip", "one"u8.ToArray());

        Unpack("gzip", [.. one, .. Samples.Pack("gzip", []), .. Samples.Pack("gzip", "two"u8.ToArray())], 6).ShouldBe((FaultCode.None, "onetwo"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Unpack_EveryTruncation_IsRefused(string encoding)
    {
        var packed = Samples.Pack(encoding, Plain[..300]);
        for (var length = encoding == "gzip" ? 1 : 0; length < packed.Length; length++)
        {
            Unpack(encoding, packed[..length], Plain.Length).Fault.ShouldBe(FaultCode.BadEncoding, $"{length} of {packed.Length} bytes");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Unpack_BytesBehindTheEnd_AreRefused(string encoding) =>
        Unpack(encoding, [.. Samples.Pack(encoding, Plain), 1, 2, 3], Plain.Length).Fault.ShouldBe(FaultCode.BadEncoding);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void Unpack_DamagedCheckSum_IsRefused(string encoding)
    {
        var packed = Samples.Pack(encoding, Plain);
        packed[^1] ^= 1;

        Unpack(encoding, packed, Plain.Length).Fault.ShouldBe(FaultCode.BadEncoding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Unpack_OnePastTheLimit_IsRefused(string encoding) =>
        Unpack(encoding, Samples.Pack(encoding, Plain), Plain.Length - 1).Fault.ShouldBe(FaultCode.DecompressedTooLarge);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Unpack_Nonsense_IsRefused(string encoding) =>
        Unpack(encoding, Plain, Plain.Length).Fault.ShouldBe(FaultCode.BadEncoding);

    [Theory]
    [InlineData("", 0)]
    [InlineData("identity", 0)]
    [InlineData("zstd", 4)]
    [InlineData("gzip, br", 4)]
    [InlineData("compress", 4)]
    public void EncodingOf_Header_IsRead(string header, int encoding) => ((int)ContentUnpacker.EncodingOf(header)).ShouldBe(encoding);

    private static (FaultCode Fault, string? Text) Unpack(string header, byte[] packed, int bytesMax)
    {
        var fault = ContentUnpacker.Unpack(ContentUnpacker.EncodingOf(header), packed, bytesMax, out var unpacked, out var length);
        if (unpacked is null)
        {
            return (fault, null);
        }

        var text = Encoding.UTF8.GetString(unpacked, 0, length);
        ArrayPool<byte>.Shared.Return(unpacked);
        return (fault, text);
    }
}
