using System.Buffers;
using System.Runtime.CompilerServices;

namespace AdTracking.Events;

/// <summary>Length and character rules of text: one set for the hot path and for the classes for people.</summary>
internal static class TextRules
{
    private static readonly SearchValues<byte> Domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:"u8);

    /// <summary>Checks UTF-8 text that is valid as such.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FaultCode Check(in FieldCheck check, ReadOnlySpan<byte> text)
    {
        if (text.Length > check.LengthMax) return FaultCode.TooLong;
        return check.Pattern == FieldPattern.Any || Matches(check.Pattern, text) ? FaultCode.None : FaultCode.BadPattern;
    }

    public static bool Matches(FieldPattern pattern, ReadOnlySpan<byte> text) => pattern switch
    {
        FieldPattern.Token => text.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0,
        FieldPattern.Currency => text.Length == 3 && text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0,
        FieldPattern.Country => text.Length is 2 or 3 && text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0,
        FieldPattern.Domain => text.IndexOfAnyExcept(Domain) < 0,
        _ => true,
    };
}
