using System.Runtime.CompilerServices;

namespace AdTracking.Events.Scanning;

/// <summary>Unescapes JSON strings whose syntax has been checked.</summary>
[SkipLocalsInit]
internal static class JsonText
{
    /// <summary>Unescapes into UTF-8; the result is never longer than the text.</summary>
    /// <returns>False for half a surrogate pair, which no UTF-8 can hold.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = text.IndexOf((byte)'\\');
            if (plain < 0)
            {
                text.CopyTo(destination[written..]);
                written += text.Length;
                return true;
            }

            text[..plain].CopyTo(destination[written..]);
            written += plain;
            text = text[plain..];
            if (text[1] != 'u')
            {
                destination[written++] = Plain(text[1]);
                text = text[2..];
            }
            else if (!TryRune(ref text, destination, ref written))
            {
                return false;
            }
        }
    }

    private static byte Plain(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    private static bool TryRune(ref ReadOnlySpan<byte> text, Span<byte> destination, ref int written)
    {
        var unit = Hex(text.Slice(2, 4));
        text = text[6..];
        if (!System.Text.Rune.TryCreate((char)unit, out var rune))
        {
            if (text.Length < 6 || text[0] != '\\' || text[1] != 'u')
            {
                return false;
            }

            if (!System.Text.Rune.TryCreate((char)unit, (char)Hex(text.Slice(2, 4)), out rune))
            {
                return false;
            }

            text = text[6..];
        }

        written += rune.EncodeToUtf8(destination[written..]);
        return true;
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }
}
