using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Decoding;

/// <summary>Decodes one event from JSON into a view and checks it against its schema on the way. A fault of the event does not end the
/// text: the rest of the event is passed over (its syntax is still checked), so the next event of a batch can be read.</summary>
[SkipLocalsInit]
public static partial class EventDecoder
{
    /// <summary>The longest name, 32 bytes, with every byte written as <c>\u0000</c>.</summary>
    private const int NameEscapedBytesMax = 6 * NameTable.NameBytesMax;

    /// <summary>Reads the value that stands next in the text as an event.</summary>
    /// <param name="scanner">Stands before the event; afterwards behind it.</param>
    /// <param name="view">Over the scanner's text; must be empty.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    /// <param name="fault">What is wrong with the event, if anything.</param>
    /// <returns>False when the text is not JSON; then the whole text is to be refused.</returns>
    public static bool DecodeJson(ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, out EventFault fault)
    {
        fault = EventFault.None;
        var names = options.Layouts.Impression;
        view.FieldNames = names;
        if (scanner.Peek() != '{')
        {
            fault = new EventFault(FaultCode.WrongType);
            return scanner.TrySkipValue();
        }

        var start = scanner.Position;
        if (!scanner.TryOpen((byte)'{'))
        {
            return false;
        }

        if (!scanner.TryClose((byte)'}'))
        {
            do
            {
                if (!fault.IsFault && FastMembers(ref scanner, ref view, options, out fault))
                {
                    continue;
                }

                if (!scanner.TryReadKey(out var keyStart, out var keyLength, out var traits))
                {
                    return false;
                }

                if (fault.IsFault)
                {
                    if (!scanner.TrySkipValue())
                    {
                        return false;
                    }
                }
                else if (!Member(ref scanner, ref view, options, (keyStart, keyLength, traits), out fault))
                {
                    return false;
                }
            }
            while (scanner.TryTake((byte)','));
            if (!scanner.TryClose((byte)'}'))
            {
                return scanner.Fail(JsonScanError.Malformed);
            }
        }

        view.SourceUsed = scanner.Position - start;
        if (fault.IsFault)
        {
            return true;
        }

        if (view.SourceUsed > options.EventBytesMax)
        {
            fault = new EventFault(FaultCode.EventTooLarge);
        }
        else if (view.CurrentLayout is null)
        {
            fault = EventFault.Of(FaultCode.MissingField, names.Known.EventName);
        }

        return true;
    }

    private static bool Member(
        ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, (int Start, int Length, TextTraits Traits) key, out EventFault fault)
    {
        var (start, length) = (key.Start, key.Length);
        var code = FieldReader.Place(ref view, ref start, ref length, key.Traits);
        if (code != FaultCode.None)
        {
            fault = new EventFault(code, -1, key.Start, key.Length);
            return scanner.TrySkipValue();
        }

        var names = view.FieldNames!;
        var found = names.JsonNames.Find(view.BytesAt(start, length));
        if (view.CurrentLayout is null && (found < 0 || (found & EventLayout.FieldMask) >= options.Layouts.CommonCount))
        {
            // Not a common field, so the class must be known first: look for its name further on.
            code = EventNameAhead(scanner, ref view, options.Layouts);
            if (code != FaultCode.None)
            {
                fault = EventFault.Of(code, names.Known.EventName);
                return scanner.TrySkipValue();
            }

            names = view.FieldNames!;
            found = names.JsonNames.Find(view.BytesAt(start, length));
        }

        if (found < 0)
        {
            return Unknown(ref scanner, ref view, options, start, length, out fault);
        }

        var index = found & EventLayout.FieldMask;
        var isDecimal = (found & EventLayout.DecimalFlag) != 0;
        ref readonly var check = ref names.Checks[index];
        code = check.Owner == FieldOwner.Gateway ? FaultCode.ReservedField : FieldReader.See(ref view, index, isDecimal);
        fault = EventFault.Of(code, index);
        if (code != FaultCode.None)
        {
            return scanner.TrySkipValue();
        }

        if (!Value(ref scanner, ref view, options, index, isDecimal, out code))
        {
            return false;
        }

        fault = EventFault.Of(code, index);
        return true;
    }

    private static bool Value(
        ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, int index, bool isDecimal, out FaultCode code)
    {
        ref readonly var check = ref view.FieldNames!.Checks[index];
        code = FaultCode.None;
        switch (scanner.Peek())
        {
            case (byte)'"':
                if (!scanner.TryReadString(out var start, out var length, out var traits))
                {
                    return false;
                }

                code = FieldReader.Place(ref view, ref start, ref length, traits);
                if (code == FaultCode.None)
                {
                    code = FromString(ref view, options, in check, index, isDecimal, start, length);
                }

                return true;
            case (byte)'t' or (byte)'f':
                var value = scanner.Peek() == 't';
                if (!scanner.TryReadLiteral(value ? "true"u8 : "false"u8))
                {
                    return false;
                }

                if (check.Kind != FieldKind.Boolean)
                {
                    code = FaultCode.WrongType;
                }
                else
                {
                    view.SetLong(index, value ? 1 : 0);
                }

                return true;
            case (byte)'n':
                return scanner.TryReadLiteral("null"u8);
            case (byte)'[' when check.Kind == FieldKind.IntArray:
                return IntArray(ref scanner, ref view, in check, index, out code);
            case (byte)'{' when check.Kind == FieldKind.StringMap:
                return ExtObject(ref scanner, ref view, out code);
            case (byte)'[' or (byte)'{':
                code = FaultCode.WrongType;
                return scanner.TrySkipValue();
            default:
                if (!scanner.TryReadNumber(out start, out length))
                {
                    return false;
                }

                code = check.Kind is FieldKind.Int or FieldKind.Long or FieldKind.MoneyMicros or FieldKind.TimestampMillis
                    ? FieldReader.Number(ref view, in check, index, view.BytesAt(start, length), isDecimal)
                    : FaultCode.WrongType;
                return true;
        }
    }

    private static FaultCode FromString(
        scoped ref EventView view, DecodeOptions options, in FieldCheck check, int index, bool isDecimal, int start, int length)
    {
        if (index == view.FieldNames!.Known.EventName)
        {
            return FieldReader.EventName(ref view, options.Layouts, start, length);
        }

        if (check.Kind == FieldKind.String)
        {
            return FieldReader.Text(ref view, in check, index, start, length);
        }

        var text = view.BytesAt(start, length);
        return check.Kind switch
        {
            FieldKind.Enum => FieldReader.Symbol(ref view, in check, index, text),
            FieldKind.TimestampMillis => FieldReader.Timestamp(ref view, in check, index, text),
            FieldKind.MoneyMicros when isDecimal => FieldReader.Money(ref view, in check, index, text),
            _ => FieldReader.LeftOut(ref view, check.Macro, index, text) ? FaultCode.None : FaultCode.WrongType,
        };
    }

    private static bool IntArray(ref JsonScanner scanner, scoped ref EventView view, in FieldCheck check, int index, out FaultCode code)
    {
        code = FaultCode.None;
        if (!scanner.TryOpen((byte)'['))
        {
            return false;
        }

        var array = new IntArrayBuilder(ref view);
        if (!scanner.TryClose((byte)']'))
        {
            do
            {
                if (code != FaultCode.None || scanner.Peek() is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
                {
                    if (code == FaultCode.None)
                    {
                        code = FaultCode.WrongType;
                    }

                    if (!scanner.TrySkipValue())
                    {
                        return false;
                    }

                    continue;
                }

                if (!scanner.TryReadNumber(out var start, out var length))
                {
                    return false;
                }

                code = array.Add(in check, view.BytesAt(start, length));
            }
            while (scanner.TryTake((byte)','));
            if (!scanner.TryClose((byte)']'))
            {
                return scanner.Fail(JsonScanError.Malformed);
            }
        }

        if (code == FaultCode.None)
        {
            code = array.Finish(ref view, index);
        }

        return true;
    }

    private static bool ExtObject(ref JsonScanner scanner, scoped ref EventView view, out FaultCode code)
    {
        code = FaultCode.None;
        if (!scanner.TryOpen((byte)'{'))
        {
            return false;
        }

        if (scanner.TryClose((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!scanner.TryReadKey(out var keyStart, out var keyLength, out var traits))
            {
                return false;
            }

            if (code != FaultCode.None)
            {
                if (!scanner.TrySkipValue())
                {
                    return false;
                }

                continue;
            }

            code = FieldReader.Place(ref view, ref keyStart, ref keyLength, traits);
            if (!ExtValue(ref scanner, ref view, keyStart, keyLength, ref code))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryClose((byte)'}') || scanner.Fail(JsonScanError.Malformed);
    }

    /// <summary>A value of <c>ext</c>: text as it is, numbers and booleans as they are written, null is absent, anything else is no value.</summary>
    private static bool ExtValue(ref JsonScanner scanner, scoped ref EventView view, int keyStart, int keyLength, ref FaultCode code)
    {
        int start, length;
        switch (scanner.Peek())
        {
            case (byte)'"':
                if (!scanner.TryReadString(out start, out length, out var traits))
                {
                    return false;
                }

                if (code == FaultCode.None)
                {
                    code = FieldReader.Place(ref view, ref start, ref length, traits);
                }

                break;
            case (byte)'n':
                return scanner.TryReadLiteral("null"u8);
            case (byte)'{' or (byte)'[':
                if (code == FaultCode.None)
                {
                    code = FaultCode.WrongType;
                }

                return scanner.TrySkipValue();
            default:
                start = scanner.Position;
                if (!scanner.TrySkipValue())
                {
                    return false;
                }

                length = scanner.Position - start;
                break;
        }

        if (code == FaultCode.None)
        {
            code = FieldReader.Ext(ref view, keyStart, keyLength, start, length);
        }

        return true;
    }

    private static bool Unknown(
        ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, int keyStart, int keyLength, out EventFault fault)
    {
        var code = options.UnknownFields == UnknownFieldPolicy.Reject || view.FieldNames!.Known.Ext < 0 ? FaultCode.UnknownField : FaultCode.None;
        var good = ExtValue(ref scanner, ref view, keyStart, keyLength, ref code);
        fault = code == FaultCode.None ? EventFault.None : new EventFault(code, -1, keyStart, keyLength);
        return good;
    }

    /// <summary>Looks for the event's name behind the current member; works on a copy of the scanner.</summary>
    private static FaultCode EventNameAhead(JsonScanner ahead, scoped ref EventView view, EventLayouts layouts)
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
