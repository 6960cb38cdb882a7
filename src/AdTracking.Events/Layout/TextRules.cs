using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using AdTracking.Events.Faults;

namespace AdTracking.Events.Layout;

/// <summary>Length and character rules of text: one set for the hot path and for the classes for developers.</summary>
internal static class TextRules
{
    private static readonly SearchValues<byte> EndOfHost = SearchValues.Create("/?#"u8);

    /// <summary>Checks UTF-8 text that is valid as such.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FaultCode Check(int lengthMax, FieldPattern pattern, ReadOnlySpan<byte> text)
    {
        if (text.Length > lengthMax)
        {
            return FaultCode.TooLong;
        }

        return pattern == FieldPattern.None || Matches(pattern, text) ? FaultCode.None : FaultCode.BadPattern;
    }

    private static bool Matches(FieldPattern pattern, ReadOnlySpan<byte> text) => pattern switch
    {
        FieldPattern.Token => text.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0,
        FieldPattern.Currency => text.Length == 3 && text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0,
        FieldPattern.Country => text.Length is 2 or 3 && text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0,
        _ => IsHttpUrl(text),
    };

    /// <summary>Enough for a field; whether a redirect may go there is decided by the gateway.</summary>
    private static bool IsHttpUrl(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyInRange((byte)0, (byte)' ') >= 0 || text.IndexOfAny((byte)'\\', (byte)0x7F) >= 0)
        {
            return false;
        }

        var host = StartsWithScheme(text, "http://"u8) ? text[7..] : StartsWithScheme(text, "https://"u8) ? text[8..] : default;
        var end = host.IndexOfAny(EndOfHost);
        if (end >= 0)
        {
            host = host[..end];
        }

        return !host.IsEmpty && !host.Contains((byte)'@');
    }

    private static bool StartsWithScheme(ReadOnlySpan<byte> text, ReadOnlySpan<byte> scheme) =>
        text.Length > scheme.Length && Ascii.EqualsIgnoreCase(text[..scheme.Length], scheme);
}
