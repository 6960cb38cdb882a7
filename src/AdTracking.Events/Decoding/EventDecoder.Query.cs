using System.Buffers;
using System.Text.Unicode;

namespace AdTracking.Events;

/// <content>Query strings and form bodies.</content>
public static partial class EventDecoder
{
    /// <summary>Decodes one event from a query string.</summary>
    /// <param name="query">As Kestrel gives it, with or without the leading <c>?</c>.</param>
    /// <param name="view">Must be empty; its scratch holds everything.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    /// <param name="implied">Event name where the query has none: what the route means.</param>
    /// <param name="fault">What is wrong with the event, if anything.</param>
    /// <returns>False with a fault.</returns>
    public static bool DecodeQuery(
        ReadOnlySpan<char> query, scoped ref EventView view, DecodeOptions options, ReadOnlySpan<byte> implied, out EventFault fault)
    {
        view.FieldNames = options.Layouts.Impression;
        if (query.StartsWith('?')) query = query[1..];
        // One vectorised pass to bytes; from there on a query and a form body are the same, and values stay where they are.
        var status = query.Length > options.EventBytesMax
            ? OperationStatus.DestinationTooSmall
            : Utf8.FromUtf16(query, view.Scratch, out _, out view.ScratchUsed, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            fault = new EventFault(status == OperationStatus.InvalidData ? FaultCode.BadUtf8 : FaultCode.EventTooLarge);
            return false;
        }

        fault = Parameters(ref view, options, EventView.ScratchFlag, view.ScratchUsed, implied);
        return !fault.IsFault;
    }

    /// <summary>Decodes one event from the body of a form (<c>application/x-www-form-urlencoded</c>): the view's source.</summary>
    /// <param name="view">Over the body; must be empty.</param>
    /// <param name="options">Limits, layouts, policy.</param>
    /// <param name="implied">Event name where the form has none: what the route means.</param>
    /// <param name="fault">What is wrong with the event, if anything.</param>
    /// <returns>False with a fault.</returns>
    public static bool DecodeForm(scoped ref EventView view, DecodeOptions options, ReadOnlySpan<byte> implied, out EventFault fault)
    {
        view.FieldNames = options.Layouts.Impression;
        view.SourceUsed = view.Source.Length;
        fault = view.Source.Length > options.EventBytesMax
            ? new EventFault(FaultCode.EventTooLarge)
            : Parameters(ref view, options, 0, view.Source.Length, implied);
        return !fault.IsFault;
    }

    private static EventFault Parameters(scoped ref EventView view, DecodeOptions options, int start, int length, ReadOnlySpan<byte> implied)
    {
        var fault = ClassOfQuery(ref view, options, start, length, implied);
        var scanner = new QueryScanner(start, length);
        while (!fault.IsFault && scanner.MoveNext(ref view)) fault = Parameter(ref view, options, in scanner);
        return fault;
    }

    /// <summary>The class comes first, since it decides what the other names mean.</summary>
    private static EventFault ClassOfQuery(scoped ref EventView view, DecodeOptions options, int start, int length, ReadOnlySpan<byte> implied)
    {
        var names = options.Layouts.Impression;
        var index = names.Known.EventName;
        var scanner = new QueryScanner(start, length);
        while (scanner.MoveNext(ref view))
        {
            if (names.QueryNames.Find(view.BytesAt(scanner.NameStart, scanner.NameLength)) != index) continue;
            var (valueStart, valueLength) = (scanner.ValueStart, scanner.ValueLength);
            var code = Decode(ref view, ref valueStart, ref valueLength);
            if (code != FaultCode.None) return EventFault.Of(code, index);
            code = FieldReader.EventName(ref view, options.Layouts, valueStart, valueLength);
            if (code != FaultCode.None) return EventFault.Of(code, index);
            var wanted = implied.IsEmpty ? -1 : options.Layouts.Names.Find(implied, out _);
            return wanted >= 0 && options.Layouts.Names.LayoutOf(wanted) != view.CurrentLayout
                ? EventFault.Of(FaultCode.ConflictingFields, index)
                : EventFault.None;
        }

        if (implied.IsEmpty) return EventFault.Of(FaultCode.MissingField, index);
        var found = options.Layouts.Names.Find(implied, out _);
        if (found < 0) return EventFault.Of(FaultCode.UnknownEvent, index);
        view.CurrentLayout = options.Layouts.Names.LayoutOf(found);
        view.FieldNames = view.CurrentLayout;
        view.Names = options.Layouts.Names;
        view.NameIndex = found;
        return view.TrySetBytes(index, options.Layouts.Names.All[found].Utf8) ? EventFault.None : new EventFault(FaultCode.EventTooLarge);
    }

    private static EventFault Parameter(scoped ref EventView view, DecodeOptions options, in QueryScanner scanner)
    {
        var layout = view.CurrentLayout!;
        var (nameStart, nameLength) = (scanner.NameStart, scanner.NameLength);
        var code = Decode(ref view, ref nameStart, ref nameLength);
        if (code != FaultCode.None) return new EventFault(code, -1, scanner.NameStart, scanner.NameLength);
        var found = layout.QueryNames.Find(view.BytesAt(nameStart, nameLength));
        if (found == EventLayout.RequestParameter) return EventFault.None;
        var (start, length) = (scanner.ValueStart, scanner.ValueLength);
        if (found < 0)
        {
            code = UnknownParameter(ref view, options, nameStart, nameLength, start, length);
            return code == FaultCode.None ? EventFault.None : new EventFault(code, -1, nameStart, nameLength);
        }

        var index = found & EventLayout.FieldMask;
        var isDecimal = (found & EventLayout.DecimalFlag) != 0;
        ref readonly var check = ref layout.Checks[index];
        code = check.Owner == FieldOwner.Gateway ? FaultCode.ReservedField : FieldReader.See(ref view, index, isDecimal);
        if (code == FaultCode.None && index != layout.Known.EventName) code = Decode(ref view, ref start, ref length);
        if (code == FaultCode.None && index != layout.Known.EventName) code = FromQuery(ref view, in check, index, isDecimal, start, length);
        return EventFault.Of(code, code == FaultCode.None ? -1 : index);
    }

    private static FaultCode FromQuery(scoped ref EventView view, in FieldCheck check, int index, bool isDecimal, int start, int length)
    {
        if (check.Kind == FieldKind.String) return FieldReader.Text(ref view, in check, index, start, length);
        var text = view.BytesAt(start, length);
        switch (check.Kind)
        {
            case FieldKind.Enum:
                return FieldReader.Symbol(ref view, in check, index, text);
            case FieldKind.TimestampMillis:
                return FieldReader.Timestamp(ref view, in check, index, text);
            case FieldKind.Boolean:
                return FieldReader.Boolean(ref view, in check, index, text);
            case FieldKind.IntArray:
                return FieldReader.IntList(ref view, in check, index, text);
            case FieldKind.StringMap:
                return FaultCode.WrongType;
            default:
                if (FieldReader.LeftOut(ref view, check.Macro, index, text)) return FaultCode.None;
                return FieldReader.Number(ref view, in check, index, text, isDecimal);
        }
    }

    private static FaultCode UnknownParameter(
        scoped ref EventView view, DecodeOptions options, int nameStart, int nameLength, int start, int length)
    {
        if (nameLength == 0 && length == 0) return FaultCode.None;
        var isExt = view.BytesAt(nameStart, nameLength).StartsWith("x."u8);
        if (view.CurrentLayout!.Known.Ext < 0 || (!isExt && options.UnknownFields == UnknownFieldPolicy.Reject)) return FaultCode.UnknownField;
        var code = Decode(ref view, ref start, ref length);
        var prefix = isExt ? 2 : 0;
        return code != FaultCode.None ? code : FieldReader.Ext(ref view, nameStart + prefix, nameLength - prefix, start, length);
    }

    /// <summary>Percent-decodes text of the view into scratch where it must be, and checks that it is UTF-8.</summary>
    private static FaultCode Decode(scoped ref EventView view, ref int start, ref int length)
    {
        var text = view.BytesAt(start, length);
        if (text.IndexOfAny((byte)'%', (byte)'+') >= 0)
        {
            var room = view.Scratch[view.ScratchUsed..];
            if (room.Length < length) return FaultCode.EventTooLarge;
            if (!UrlText.TryDecode(text, room, out length)) return FaultCode.BadPercentEncoding;
            start = view.ScratchUsed | EventView.ScratchFlag;
            view.ScratchUsed += length;
            text = room[..length];
        }

        if (!Utf8.IsValid(text)) return FaultCode.BadUtf8;
        return text.Contains((byte)0) ? FaultCode.BadPattern : FaultCode.None;
    }
}
