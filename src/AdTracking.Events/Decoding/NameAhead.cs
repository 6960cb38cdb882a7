using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Decoding;

/// <summary>Finds the class of an event whose members come in an unusual order: its name may stand behind fields that need it.</summary>
[SkipLocalsInit]
internal static class NameAhead
{
    /// <summary>The longest name, 32 bytes, with every byte written as <c>\u0000</c>.</summary>
    private const int NameEscapedBytesMax = 6 * NameTable.NameBytesMax;

    /// <summary>Looks for the event's name after the current member; works on a copy of the scanner.</summary>
    public static FaultCode Find(JsonScanner ahead, scoped ref EventView view, EventLayouts layouts)
    {
        while (ahead.TrySkipValue() && ahead.TryTake((byte)',') && ahead.TryReadKey(out var start, out var length, out var traits))
        {
            if (!IsName(ahead.Source.Slice(start, length), traits, "event_name"u8))
            {
                continue;
            }

            if (ahead.Peek() != '"')
            {
                return FaultCode.WrongType;
            }

            if (!ahead.TryReadString(out start, out length, out traits))
            {
                break;
            }

            Span<byte> plain = stackalloc byte[NameEscapedBytesMax];
            var found = Plain(ahead.Source.Slice(start, length), traits, plain, out length) ? layouts.Names.Find(plain[..length], out _) : -1;
            if (found < 0)
            {
                return FaultCode.UnknownEvent;
            }

            var layout = layouts.Names.LayoutOf(found);
            view.CurrentLayout = layout;
            view.FieldNames = layout;
            return FaultCode.None;
        }

        return FaultCode.MissingField;
    }

    private static bool IsName(ReadOnlySpan<byte> text, TextTraits traits, ReadOnlySpan<byte> name)
    {
        if (traits == TextTraits.None)
        {
            return text.SequenceEqual(name);
        }

        Span<byte> plain = stackalloc byte[NameEscapedBytesMax];
        return Plain(text, traits, plain, out var length) && plain[..length].SequenceEqual(name);
    }

    /// <summary>The text without escapes, if it can be a name.</summary>
    private static bool Plain(ReadOnlySpan<byte> text, TextTraits traits, Span<byte> plain, out int length)
    {
        length = 0;
        if (text.Length > plain.Length)
        {
            return false;
        }

        if ((traits & TextTraits.Escaped) != TextTraits.None)
        {
            return JsonText.TryUnescape(text, plain, out length);
        }

        text.CopyTo(plain);
        length = text.Length;
        return true;
    }
}
