using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using AdTracking.Events.Faults;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Intake;

/// <summary>Unpacks a body up to a limit, so that a small request cannot become a large amount of memory. A body that was cut short, or has
/// something behind its end, is refused: .NET's streams take both for the end of the data, and half an NDJSON body would pass for all of it.</summary>
internal static class ContentUnpacker
{
    private const int FirstBytes = 64 << 10;
    private const int MarkerBytes = 16;
    private const uint AdlerModulus = 65_521;
    private const int AdlerRun = 5_552; // the longest run whose sums stay below 2^32 (RFC 1950)

    /// <summary>A member of its own behind the body's: what comes out must end with it, or the body's members did not end where they should.</summary>
    private static readonly byte[] Marker = RandomNumberGenerator.GetBytes(MarkerBytes);

    private static readonly byte[] MarkerMember = PackMarker();

    /// <summary>Reads the <c>Content-Encoding</c> header; a list of several codings is not supported.</summary>
    public static ContentEncoding EncodingOf(StringValues header)
    {
        if (header.Count == 0)
        {
            return ContentEncoding.Identity;
        }

        return header.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => ContentEncoding.Identity,
            "gzip" or "x-gzip" => ContentEncoding.Gzip,
            "deflate" => ContentEncoding.Deflate,
            "br" => ContentEncoding.Brotli,
            _ => ContentEncoding.Unsupported,
        };
    }

    /// <summary>Unpacks into a rented array, which the caller returns; null unless there is no fault.</summary>
    public static FaultCode Unpack(ContentEncoding encoding, ReadOnlyMemory<byte> packed, int bytesMax, out byte[]? unpacked, out int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        FaultCode fault;
        try
        {
            fault = encoding switch
            {
                ContentEncoding.Gzip => UnpackGzip(packed, bytesMax, ref buffer, out length),
                ContentEncoding.Deflate => UnpackZLib(packed, bytesMax, ref buffer, out length),
                _ => UnpackBrotli(packed.Span, bytesMax, ref buffer, out length),
            };
        }
        catch (InvalidDataException)
        {
            fault = FaultCode.BadEncoding;
            length = 0;
        }

        unpacked = fault == FaultCode.None ? buffer : null;
        if (unpacked is null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return fault;
    }

    private static FaultCode UnpackGzip(ReadOnlyMemory<byte> packed, int bytesMax, ref byte[] buffer, out int length)
    {
        using var source = new PackedStream(packed, MarkerMember);
        using var reader = new GZipStream(source, CompressionMode.Decompress);
        var fault = ReadAll(reader, bytesMax + MarkerBytes, ref buffer, out length);
        if (fault != FaultCode.None)
        {
            return fault;
        }

        length -= MarkerBytes;
        return length >= 0 && buffer.AsSpan(length, MarkerBytes).SequenceEqual(Marker) ? FaultCode.None : FaultCode.BadEncoding;
    }

    private static FaultCode UnpackZLib(ReadOnlyMemory<byte> packed, int bytesMax, ref byte[] buffer, out int length)
    {
        length = 0;
        if (packed.Length < 6)
        {
            return FaultCode.BadEncoding;
        }

        using var source = new PackedStream(packed, default);
        using var reader = new ZLibStream(source, CompressionMode.Decompress);
        var fault = ReadAll(reader, bytesMax, ref buffer, out length);
        if (fault != FaultCode.None)
        {
            return fault;
        }

        var sum = BinaryPrimitives.ReadUInt32BigEndian(packed.Span[^4..]);
        return Adler32(buffer.AsSpan(0, length)) == sum ? FaultCode.None : FaultCode.BadEncoding;
    }

    private static FaultCode UnpackBrotli(ReadOnlySpan<byte> packed, int bytesMax, ref byte[] buffer, out int length)
    {
        using var decoder = default(BrotliDecoder);
        length = 0;
        while (true)
        {
            var status = decoder.Decompress(packed, buffer.AsSpan(length), out var consumed, out var written);
            packed = packed[consumed..];
            length += written;
            if (length > bytesMax)
            {
                return FaultCode.DecompressedTooLarge;
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done && packed.IsEmpty ? FaultCode.None : FaultCode.BadEncoding;
            }

            Grow(ref buffer);
        }
    }

    private static FaultCode ReadAll(Stream reader, int bytesMax, ref byte[] buffer, out int length)
    {
        length = 0;
        while (true)
        {
            var read = reader.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0)
            {
                return FaultCode.None;
            }

            if (length > bytesMax)
            {
                return FaultCode.DecompressedTooLarge;
            }

            if (length == buffer.Length)
            {
                Grow(ref buffer);
            }
        }
    }

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint low = 1;
        uint high = 0;
        while (!bytes.IsEmpty)
        {
            var run = Math.Min(bytes.Length, AdlerRun);
            foreach (var value in bytes[..run])
            {
                low += value;
                high += low;
            }

            low %= AdlerModulus;
            high %= AdlerModulus;
            bytes = bytes[run..];
        }

        return (high << 16) | low;
    }

    private static byte[] PackMarker()
    {
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            writer.Write(Marker);
        }

        return packed.ToArray();
    }
}

/// <summary>How a body is packed.</summary>
internal enum ContentEncoding
{
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Unsupported,
}
