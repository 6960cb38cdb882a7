using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;

namespace AdTracking.Events.Decoding;

/// <summary>Decodes one event from JSON into a view and checks it against its schema on the way. A fault of the event does not end the
/// text: the rest of the event is skipped (its syntax is still checked), so the next event of a batch can be read.</summary>
[SkipLocalsInit]
public static partial class EventDecoder
{
    /// <summary>Reads the next value of the text as an event.</summary>
    /// <param name="scanner">At the start of the event before the call, after its end afterwards.</param>
    /// <param name="view">Over the scanner's text; must be empty.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    /// <param name="fault">What is wrong with the event, if anything.</param>
    /// <returns>False when the text is not JSON; then the whole text is to be rejected.</returns>
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
            code = NameAhead.Find(scanner, ref view, options.Layouts);
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
                return NestedValues.IntArray(ref scanner, ref view, in check, index, out code);
            case (byte)'{' when check.Kind == FieldKind.StringMap:
                return NestedValues.Ext(ref scanner, ref view, out code);
            case (byte)'[' or (byte)'{':
                code = FaultCode.WrongType;
                return scanner.TrySkipValue();
            default:
                if (!scanner.TryReadNumber(out start, out length))
                {
                    return false;
                }

                code = check.Kind is FieldKind.Int or FieldKind.Long or FieldKind.MoneyMicros or FieldKind.TimestampMillis
                    ? NumberReader.Number(ref view, in check, index, view.BytesAt(start, length), isDecimal)
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
            FieldKind.TimestampMillis => NumberReader.Timestamp(ref view, in check, index, text),
            FieldKind.MoneyMicros when isDecimal => NumberReader.Money(ref view, in check, index, text),
            _ => FieldReader.LeftOut(ref view, check.Macro, index, text) ? FaultCode.None : FaultCode.WrongType,
        };
    }

    private static bool Unknown(
        ref JsonScanner scanner, scoped ref EventView view, DecodeOptions options, int keyStart, int keyLength, out EventFault fault)
    {
        var code = options.UnknownFields == UnknownFieldPolicy.Reject || view.FieldNames!.Known.Ext < 0 ? FaultCode.UnknownField : FaultCode.None;
        var good = NestedValues.ExtValue(ref scanner, ref view, keyStart, keyLength, ref code);
        fault = code == FaultCode.None ? EventFault.None : new EventFault(code, -1, keyStart, keyLength);
        return good;
    }
}
