using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;
using AdTracking.Events.Values;

namespace AdTracking.Events.Decoding;

/// <content>
/// The fast lane: members as machines write them (<c>"name":value,</c> with at most one blank after colon and comma, without escapes
/// or characters beyond ASCII). Whatever looks different is left to the careful lane before anything of it is taken, so the two never disagree
/// by construction: this one only knows the cases in which the answer is plain.
/// </content>
public static partial class EventDecoder
{
    /// <summary>Bytes that are readable from a member's start: a key's vector, colon, blank, quote, a value's first vector, and room to spare.</summary>
    private const int FastBytes = 96;

    /// <summary>Takes members for as long as they are plain.</summary>
    /// <returns>True when it stopped after a member, false when the next member is left to the careful lane.</returns>
    private static bool FastMembers(ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, out EventFault fault)
    {
        var last = scanner.Source.Length - FastBytes;
        var text = new FastText(ref MemoryMarshal.GetReference(scanner.Source), 0, last, scanner.Source.Length);
        if (scanner.Position <= last && FastMembers(text, ref scanner, ref view, options, out fault))
        {
            return true;
        }

        if (scanner.Position > last)
        {
            return FastTail(ref scanner, ref view, options, out fault);
        }

        fault = EventFault.None;
        return false;
    }

    /// <summary>The last members of a text: read from a copy followed by zeros, so that whole vectors can be read there too.</summary>
    private static bool FastTail(ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, out EventFault fault)
    {
        Span<byte> tail = stackalloc byte[2 * FastBytes];
        var start = scanner.Position;
        var rest = scanner.Source[start..];
        tail[FastBytes..].Clear();
        tail[rest.Length..FastBytes].Clear();
        rest.CopyTo(tail);
        var text = new FastText(ref MemoryMarshal.GetReference(tail), start, rest.Length - 1, tail.Length);
        return FastMembers(text, ref scanner, ref view, options, out fault);
    }

    private static bool FastMembers(
        scoped FastText text, ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, out EventFault fault)
    {
        fault = EventFault.None;
        ref var bytes = ref text.Bytes;
        var at = scanner.Position - text.Origin;
        var layout = view.FieldNames!;
        var fieldsKnown = view.CurrentLayout is null ? options.Layouts.CommonCount : EventLimits.FieldsMax;
        while (at <= text.Last)
        {
            ref var key = ref Unsafe.Add(ref bytes, at + 1);
            var keyBytes = Vector256.LoadUnsafe(ref key);
            var keyLength = BitOperations.TrailingZeroCount(JsonStringBytes.Special(keyBytes));
            // The quote and the colon behind the key in one comparison; a key of 32 bytes and more has no quote here.
            if (Unsafe.Add(ref bytes, at) != '"' || Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref key, keyLength)) != ('"' | (':' << 8)))
            {
                break;
            }

            var found = layout.JsonNames.FindInside(ref key, keyLength, keyBytes);
            if ((uint)found >= (uint)fieldsKnown || view.Seen.Has(found))
            {
                break;
            }

            ref var check = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(layout.Checks), found);
            if (check.Owner != FieldOwner.Sender)
            {
                break;
            }

            var start = AfterBlank(ref bytes, at + keyLength + 3);
            var next = FastValue(text, ref view, options, in check, found, start, out var code);
            if (next == 0)
            {
                break;
            }

            view.Seen.Set(found);
            if (code != FaultCode.None)
            {
                fault = EventFault.Of(code, found);
                scanner.Position = text.Origin + next;
                return true;
            }

            // A text may end with this value, in the middle of an event: what stands behind it belongs to somebody else.
            if (next >= text.End || Unsafe.Add(ref bytes, next) != ',')
            {
                scanner.Position = text.Origin + next;
                return true;
            }

            at = next + 1 < text.End ? AfterBlank(ref bytes, next + 1) : next + 1;
            if (found != layout.Known.EventName)
            {
                continue;
            }

            layout = view.FieldNames!;
            fieldsKnown = EventLimits.FieldsMax;
        }

        scanner.Position = text.Origin + at;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterBlank(ref byte bytes, int at) => Unsafe.Add(ref bytes, at) == ' ' ? at + 1 : at;

    /// <returns>Where the value ends, or 0 for one that is left to the careful lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FastValue(
        scoped FastText text, scoped ref EventView view, DecodeOptions options, in FieldCheck check, int index, int start, out FaultCode code)
    {
        ref var value = ref Unsafe.Add(ref text.Bytes, start);
        if (value == '"')
        {
            return FastString(text, ref view, options, in check, index, start + 1, out code);
        }

        code = FaultCode.None;
        if (check.Kind is FieldKind.Int or FieldKind.Long or FieldKind.MoneyMicros or FieldKind.TimestampMillis)
        {
            var digits = PlainNumber.Read(ref value, out var number);
            if (digits == 0 || Unsafe.Add(ref value, digits) is not ((byte)',' or (byte)'}'))
            {
                return 0;
            }

            if (number < check.Min || number > check.Max)
            {
                code = FaultCode.OutOfRange;
            }
            else
            {
                view.SetLong(index, number);
            }

            return start + digits;
        }

        if (check.Kind != FieldKind.Boolean)
        {
            return 0;
        }

        var word = Unsafe.ReadUnaligned<uint>(ref value);
        if (word == 0x65757274) // "true", little-endian
        {
            view.SetLong(index, 1);
            return start + 4;
        }

        if (word != 0x736C6166 || Unsafe.Add(ref value, 4) != 'e')
        {
            return 0; // "fals"
        }

        view.SetLong(index, 0);
        return start + 5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FastString(
        scoped FastText text, scoped ref EventView view, DecodeOptions options, in FieldCheck check, int index, int start, out FaultCode code)
    {
        code = FaultCode.None;
        ref var bytes = ref text.Bytes;
        var at = start;
        uint blanks = 0;
        uint special;
        while (true)
        {
            var part = Vector256.LoadUnsafe(ref bytes, (nuint)at);
            special = JsonStringBytes.Special(part);
            var blank = (Vector256.Equals(part, Vector256.Create((byte)' ')) | Vector256.Equals(part, Vector256.Create((byte)0x7F)))
                .ExtractMostSignificantBits();
            if (special != 0)
            {
                // Only blanks before the first special byte are inside the text.
                blanks |= blank & (special - 1) & ~special;
                break;
            }

            blanks |= blank;
            at += Vector256<byte>.Count;
            if (at > text.End - Vector256<byte>.Count)
            {
                return 0;
            }
        }

        at += BitOperations.TrailingZeroCount(special);
        if (Unsafe.Add(ref bytes, at) != '"')
        {
            return 0;
        }

        var length = at - start;
        if (check.Kind != FieldKind.String)
        {
            return FastOther(ref view, in check, index, text.Origin + start, length, out code) ? at + 1 : 0;
        }

        if (length == 0 || UnresolvedMacro.MayBe(Unsafe.Add(ref bytes, start)))
        {
            return 0;
        }

        if (index == view.FieldNames!.Known.EventName)
        {
            code = FieldReader.EventName(ref view, options.Layouts, text.Origin + start, length);
            return at + 1;
        }

        code = FastTextRules(ref view, in check, text.Origin + start, length, hasBlanks: blanks != 0);
        if (code == FaultCode.None)
        {
            view.SetSlot(index, text.Origin + start, length);
        }

        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FaultCode FastTextRules(scoped ref EventView view, in FieldCheck check, int start, int length, bool hasBlanks)
    {
        if (length > check.LengthMax)
        {
            return FaultCode.TooLong;
        }

        if (check.Pattern == FieldPattern.Token)
        {
            return hasBlanks ? FaultCode.BadPattern : FaultCode.None;
        }

        return check.Pattern > FieldPattern.Token ? TextRules.Check(check.LengthMax, check.Pattern, view.BytesAt(start, length)) : FaultCode.None;
    }

    private static bool FastOther(scoped ref EventView view, in FieldCheck check, int index, int start, int length, out FaultCode code)
    {
        code = FaultCode.None;
        if (check.Kind == FieldKind.Enum)
        {
            code = FieldReader.Symbol(ref view, in check, index, view.BytesAt(start, length));
        }
        else if (check.Kind == FieldKind.TimestampMillis)
        {
            code = NumberReader.Timestamp(ref view, in check, index, view.BytesAt(start, length));
        }
        else
        {
            return false;
        }

        return true;
    }
}
