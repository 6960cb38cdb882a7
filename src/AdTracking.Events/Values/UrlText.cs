using System.Buffers;
using System.Runtime.CompilerServices;

namespace AdTracking.Events.Values;

/// <summary>Percent-encoding of query strings and forms, <c>+</c> for a blank.</summary>
[SkipLocalsInit]
internal static class UrlText
{
    private static readonly SearchValues<byte> Encoded = SearchValues.Create("%+"u8);

    /// <summary>Decodes; the result is never longer than the text.</summary>
    /// <returns>False when a <c>%</c> is not followed by two hexadecimal digits.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = text.IndexOfAny(Encoded);
            if (plain < 0)
            {
                text.CopyTo(destination[written..]);
                written += text.Length;
                return true;
            }

            text[..plain].CopyTo(destination[written..]);
            written += plain;
            if (text[plain] == '+')
            {
                destination[written++] = (byte)' ';
                text = text[(plain + 1)..];
                continue;
            }

            if (plain + 2 >= text.Length || !TryHex(text[plain + 1], text[plain + 2], out destination[written++]))
            {
                return false;
            }

            text = text[(plain + 3)..];
        }
    }

    private static bool TryHex(byte high, byte low, out byte value)
    {
        var (upper, lower) = (Digit(high), Digit(low));
        value = (byte)((upper << 4) | lower);
        return (upper | lower) < 16;
    }

    private static int Digit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => 16,
    };
}
