using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;
using AdTracking.Events.Values;

namespace AdTracking.Events.Decoding;

/// <content>Query strings and form bodies.</content>
public static partial class EventDecoder
{
    /// <summary>Decodes one event from a query string.</summary>
    /// <param name="query">As Kestrel gives it, with or without the leading <c>?</c>.</param>
    /// <param name="view">Must be empty; its scratch holds everything.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    /// <param name="implied">Event name where the query has none: what the route means; empty where it must have one.</param>
    /// <param name="fault">What is wrong with the event, if anything.</param>
    /// <returns>False with a fault.</returns>
    public static bool DecodeQuery(
        ReadOnlySpan<char> query, scoped ref EventView view, DecodeOptions options, ReadOnlySpan<byte> implied, out EventFault fault)
    {
        view.FieldNames = options.Layouts.Impression;
        if (query.StartsWith('?'))
        {
            query = query[1..];
        }
        // One vectorised pass to bytes; from there on a query and a form body are the same, and values stay where they are.
        var status = OperationStatus.DestinationTooSmall;
        var length = 0;
        if (query.Length <= options.EventBytesMax)
        {
            status = Utf8.FromUtf16(query, view.Scratch, out _, out length, replaceInvalidSequences: false);
        }

        fault = status switch
        {
            OperationStatus.Done => Parameters(ref view, options, length, implied),
            OperationStatus.InvalidData => new EventFault(FaultCode.BadUtf8),
            _ => new EventFault(FaultCode.EventTooLarge),
        };
        return !fault.IsFault;
    }

    /// <summary>Decodes one event from the body of a form (<c>application/x-www-form-urlencoded</c>): the view's source.</summary>
    /// <param name="view">Over the body; must be empty.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    /// <param name="implied">Event name where the form has none: what the route means; empty where it must have one.</param>
    /// <param name="fault">What is wrong with the event, if anything.</param>
    /// <returns>False with a fault.</returns>
    public static bool DecodeForm(scoped ref EventView view, DecodeOptions options, ReadOnlySpan<byte> implied, out EventFault fault)
    {
        view.FieldNames = options.Layouts.Impression;
        var form = view.Source;
        fault = form.Length <= options.EventBytesMax && form.TryCopyTo(view.Scratch)
            ? Parameters(ref view, options, form.Length, implied)
            : new EventFault(FaultCode.EventTooLarge);
        return !fault.IsFault;
    }

    /// <summary>The text is at the start of the view's scratch bytes.</summary>
    private static EventFault Parameters(scoped ref EventView view, DecodeOptions options, int length, ReadOnlySpan<byte> implied)
    {
        if (view.Scratch.Length < length + QueryScanner.Padding)
        {
            return new EventFault(FaultCode.EventTooLarge);
        }

        view.Scratch.Slice(length, QueryScanner.Padding).Clear();
        view.ScratchUsed = length + QueryScanner.Padding;
        var scanner = new QueryScanner(view.Scratch[..view.ScratchUsed]);
        var fault = ClassOfQuery(ref view, options, scanner, implied);
        while (!fault.IsFault && scanner.MoveNext())
        {
            if (!PlainParameter(ref view, in scanner, out fault))
            {
                fault = Parameter(ref view, options, in scanner);
            }
        }

        return fault;
    }

    /// <summary>The class comes first, since it decides what the other names mean: from the route, or from a look ahead.</summary>
    private static EventFault ClassOfQuery(scoped ref EventView view, DecodeOptions options, QueryScanner ahead, ReadOnlySpan<byte> implied)
    {
        var names = options.Layouts.Names;
        var index = options.Layouts.Impression.Known.EventName;
        var found = implied.IsEmpty ? -1 : names.Find(implied, out _);
        if (found >= 0)
        {
            view.CurrentLayout = names.LayoutOf(found);
            view.FieldNames = view.CurrentLayout;
            view.Names = names;
            view.NameIndex = found;
            return view.TrySetBytes(index, names.All[found].Utf8) ? EventFault.None : new EventFault(FaultCode.EventTooLarge);
        }

        while (ahead.MoveNext())
        {
            if (options.Layouts.Impression.QueryNames.Find(view.Scratch.Slice(ahead.NameStart, ahead.NameLength)) != index)
            {
                continue;
            }

            var code = EventNameOfQuery(ref view, options, in ahead);
            return code == FaultCode.None ? EventFault.None : EventFault.Of(code, index);
        }

        return EventFault.Of(FaultCode.MissingField, index);
    }

    private static FaultCode EventNameOfQuery(scoped ref EventView view, DecodeOptions options, in QueryScanner scanner)
    {
        var (start, length) = (scanner.ValueStart | EventView.ScratchFlag, scanner.ValueLength);
        var code = scanner.IsPlain ? FaultCode.None : Decode(ref view, ref start, ref length);
        return code == FaultCode.None ? FieldReader.EventName(ref view, options.Layouts, start, length) : code;
    }

    /// <summary>The fast lane: a parameter of the event's class that is text or a number and says what it means.</summary>
    /// <returns>False for one that is left to the careful lane; then nothing of it is consumed.</returns>
    private static bool PlainParameter(scoped ref EventView view, in QueryScanner scanner, out EventFault fault)
    {
        fault = EventFault.None;
        if (!scanner.IsPlain)
        {
            return false;
        }

        var layout = view.CurrentLayout!;
        ref var bytes = ref MemoryMarshal.GetReference(view.Scratch);
        var found = layout.QueryNames.FindInside(ref System.Runtime.CompilerServices.Unsafe.Add(ref bytes, scanner.NameStart), scanner.NameLength);
        if ((uint)found >= EventLimits.FieldsMax || view.Seen.Has(found) || found == layout.Known.EventName)
        {
            return false;
        }

        ref readonly var check = ref layout.Checks[found];
        if (check.Owner != FieldOwner.Sender)
        {
            return false;
        }

        FaultCode code;
        if (check.Kind == FieldKind.String)
        {
            code = FieldReader.Text(ref view, in check, found, scanner.ValueStart | EventView.ScratchFlag, scanner.ValueLength);
        }
        else if (check.Kind is FieldKind.Int or FieldKind.Long)
        {
            code = NumberReader.NumberOrMacro(ref view, in check, found, view.Scratch.Slice(scanner.ValueStart, scanner.ValueLength), isDecimal: false);
        }
        else
        {
            return false;
        }

        view.Seen.Set(found);
        if (code != FaultCode.None)
        {
            fault = EventFault.Of(code, found);
        }

        return true;
    }

    private static EventFault Parameter(scoped ref EventView view, DecodeOptions options, in QueryScanner scanner)
    {
        var layout = view.CurrentLayout!;
        var (nameStart, nameLength) = (scanner.NameStart | EventView.ScratchFlag, scanner.NameLength);
        var (start, length) = (scanner.ValueStart | EventView.ScratchFlag, scanner.ValueLength);
        var code = scanner.IsPlain ? FaultCode.None : Decode(ref view, ref nameStart, ref nameLength);
        if (code != FaultCode.None)
        {
            return new EventFault(code, -1, nameStart, nameLength);
        }

        var found = layout.QueryNames.Find(view.BytesAt(nameStart, nameLength));
        if (found == EventLayout.RequestParameter)
        {
            return EventFault.None;
        }

        if (found < 0)
        {
            code = UnknownParameter(ref view, options, (nameStart, nameLength), (start, length));
            return code == FaultCode.None ? EventFault.None : new EventFault(code, -1, nameStart, nameLength);
        }

        var index = found & EventLayout.FieldMask;
        var isDecimal = (found & EventLayout.DecimalFlag) != 0;
        ref readonly var check = ref layout.Checks[index];
        code = check.Owner == FieldOwner.Gateway ? FaultCode.ReservedField : FieldReader.See(ref view, index, isDecimal);
        if (code == FaultCode.None && !scanner.IsPlain)
        {
            code = Decode(ref view, ref start, ref length);
        }

        if (code == FaultCode.None)
        {
            code = index == layout.Known.EventName
                ? FieldReader.EventName(ref view, options.Layouts, start, length)
                : FromQuery(ref view, in check, index, isDecimal, start, length);
        }

        return EventFault.Of(code, code == FaultCode.None ? -1 : index);
    }

    private static FaultCode FromQuery(scoped ref EventView view, in FieldCheck check, int index, bool isDecimal, int start, int length)
    {
        if (check.Kind == FieldKind.String)
        {
            return FieldReader.Text(ref view, in check, index, start, length);
        }

        var text = view.BytesAt(start, length);
        return check.Kind switch
        {
            FieldKind.Enum => FieldReader.Symbol(ref view, in check, index, text),
            FieldKind.TimestampMillis => NumberReader.Timestamp(ref view, in check, index, text),
            FieldKind.Boolean => FieldReader.Boolean(ref view, in check, index, text),
            FieldKind.IntArray => NumberReader.IntList(ref view, in check, index, text),
            FieldKind.StringMap => FaultCode.WrongType,
            _ => NumberReader.NumberOrMacro(ref view, in check, index, text, isDecimal),
        };
    }

    private static FaultCode UnknownParameter(
        scoped ref EventView view, DecodeOptions options, (int Start, int Length) name, (int Start, int Length) value)
    {
        if (name.Length == 0 && value.Length == 0)
        {
            return FaultCode.None;
        }

        var isExt = view.BytesAt(name.Start, name.Length).StartsWith("x."u8);
        if (view.CurrentLayout!.Known.Ext < 0 || (!isExt && options.UnknownFields == UnknownFieldPolicy.Reject))
        {
            return FaultCode.UnknownField;
        }

        var code = Decode(ref view, ref value.Start, ref value.Length);
        var prefix = isExt ? 2 : 0;
        return code != FaultCode.None ? code : FieldReader.Ext(ref view, name.Start + prefix, name.Length - prefix, value.Start, value.Length);
    }

    /// <summary>Percent-decodes text of the view into scratch where it must be, and checks that it is UTF-8.</summary>
    private static FaultCode Decode(scoped ref EventView view, ref int start, ref int length)
    {
        var text = view.BytesAt(start, length);
        // %%X%% is a macro that nobody replaced, and no percent-encoding at all: it is judged as it stands.
        if (UnresolvedMacro.IsPercentMacro(text))
        {
            return FaultCode.None;
        }

        if (text.IndexOfAny((byte)'%', (byte)'+') >= 0)
        {
            var room = view.Scratch[view.ScratchUsed..];
            if (room.Length < length)
            {
                return FaultCode.EventTooLarge;
            }

            if (!UrlText.TryDecode(text, room, out var written))
            {
                return FaultCode.BadPercentEncoding;
            }

            start = view.ScratchUsed | EventView.ScratchFlag;
            length = written;
            view.ScratchUsed += written;
            text = room[..written];
        }

        if (!Utf8.IsValid(text))
        {
            return FaultCode.BadUtf8;
        }

        return text.Contains((byte)0) ? FaultCode.BadPattern : FaultCode.None;
    }
}
