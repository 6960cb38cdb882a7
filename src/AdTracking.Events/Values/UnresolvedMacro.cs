using System.Runtime.CompilerServices;

namespace AdTracking.Events.Values;

/// <summary>Recognises values that are not real ones: empty, <c>-1</c> (unknown), <c>-2</c> (not shareable), <c>AUDIT</c>, and macros that nobody
/// replaced, in the spellings <c>${X}</c> <c>[X]</c> <c>%%X%%</c> <c>##X##</c> <c>{{x}}</c>, plain or percent-encoded.</summary>
[SkipLocalsInit]
public static class UnresolvedMacro
{
    /// <summary>Longest text that can be a macro; longer ones are values.</summary>
    private const int TextBytesMax = 128;

    /// <summary>Judges a whole value.</summary>
    /// <param name="text">UTF-8, the whole value.</param>
    public static MacroState Judge(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return MacroState.Unresolved;
        }

        switch (text[0])
        {
            case (byte)'A':
                return text.SequenceEqual("AUDIT"u8) ? MacroState.Audit : MacroState.Resolved;
            case (byte)'-':
                return text.Length == 2 && text[1] is (byte)'1' or (byte)'2' ? MacroState.Unresolved : MacroState.Resolved;
            case (byte)'%' when text.Length > 1 && text[1] != '%':
                return IsEncodedMacro(text) ? MacroState.Unresolved : MacroState.Resolved;
            case (byte)'$' or (byte)'[' or (byte)'%' or (byte)'#' or (byte)'{':
                return IsMacro(text) ? MacroState.Unresolved : MacroState.Resolved;
            default:
                return MacroState.Resolved;
        }
    }

    /// <summary>Whether a text with this first byte may be anything but <see cref="MacroState.Resolved"/>: asked before <see cref="Judge"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool MayBe(byte first)
    {
        // Bits of # $ % - (35 36 37 45) in the low word and A [ { (65 91 123) in the high one.
        const ulong Low = (1UL << 35) | (1UL << 36) | (1UL << 37) | (1UL << 45);
        const ulong High = (1UL << 1) | (1UL << 27) | (1UL << 59);
        return first < 128 && (((first < 64 ? Low : High) >> first) & 1) != 0;
    }

    /// <summary>The spelling <c>%%X%%</c>, which occurs unencoded in queries, although these percent signs are not valid encoding.</summary>
    internal static bool IsPercentMacro(ReadOnlySpan<byte> text) => IsWrapped(text, "%%"u8, "%%"u8);

    private static bool IsMacro(ReadOnlySpan<byte> text) =>
        IsWrapped(text, "${"u8, "}"u8) || IsWrapped(text, "["u8, "]"u8) || IsPercentMacro(text)
        || IsWrapped(text, "##"u8, "##"u8) || IsWrapped(text, "{{"u8, "}}"u8);

    private static bool IsWrapped(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (text.Length is > TextBytesMax || text.Length <= before.Length + after.Length)
        {
            return false;
        }

        if (!text.StartsWith(before) || !text.EndsWith(after))
        {
            return false;
        }

        foreach (var letter in text[before.Length..^after.Length])
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'.' or (byte)':' or (byte)'-' or (byte)' '))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEncodedMacro(ReadOnlySpan<byte> text)
    {
        if (text.Length > TextBytesMax)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[TextBytesMax];
        return UrlText.TryDecode(text, plain, out var length) && length > 0 && IsMacro(plain[..length]);
    }
}
