using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace AdTracking.Gateway.Identity;

/// <summary>Cuts an address to the bits that the policy keeps, and writes it as text.</summary>
/// <param name="ipV4BitsKept">Bits of an IPv4 address that are kept; 0 stores none.</param>
/// <param name="ipV6BitsKept">The same of an IPv6 address.</param>
internal sealed class IpPolicy(int ipV4BitsKept, int ipV6BitsKept)
{
    /// <summary>The longest text of an address (RFC 4291, with an embedded IPv4 address).</summary>
    public const int TextBytesMax = 45;

    private const int IpV4Bits = 32;
    private const int IpV6Bits = 128;

    /// <summary>Writes what may be stored of the address; nothing when the policy keeps no bits.</summary>
    /// <returns>The number of bytes written.</returns>
    public int Write(IPAddress address, Span<byte> text, out bool isTruncated)
    {
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var keep = isV4 ? ipV4BitsKept : ipV6BitsKept;
        isTruncated = keep < (isV4 ? IpV4Bits : IpV6Bits);
        if (keep == 0)
        {
            return 0;
        }

        if (!isTruncated)
        {
            return address.TryFormat(text, out var whole) ? whole : 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        Cut(bytes[..length], keep);
        if (isV4)
        {
            return WriteV4(bytes[..length], text);
        }

        // RFC 5952 shortens zeros by rules that are not worth a second implementation for one small object.
        return new IPAddress(bytes[..length]).TryFormat(text, out var written) ? written : 0;
    }

    private static int WriteV4(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var written = 0;
        foreach (var value in bytes)
        {
            if (written > 0)
            {
                text[written++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(value, text[written..], out var digits);
            written += digits;
        }

        return written;
    }

    private static void Cut(Span<byte> bytes, int keep)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(keep - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }
    }
}
