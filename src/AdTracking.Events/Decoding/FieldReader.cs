using System.Runtime.CompilerServices;
using System.Text.Unicode;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Scanning;
using AdTracking.Events.Values;

namespace AdTracking.Events.Decoding;

/// <summary>Turns the text of one value into a field of the view; the same for JSON and for queries.</summary>
[SkipLocalsInit]
internal static class FieldReader
{
    /// <summary>A text field whose bytes are already in the view.</summary>
    public static FaultCode Text(ref EventView view, in FieldCheck check, int index, int start, int length)
    {
        var text = view.BytesAt(start, length);
        if (check.Macro != MacroPolicy.None && (length == 0 || UnresolvedMacro.MayBe(text[0])) && LeftOut(ref view, check.Macro, index, text))
        {
            return FaultCode.None;
        }

        var fault = TextRules.Check(check.LengthMax, check.Pattern, text);
        if (fault == FaultCode.None)
        {
            view.SetSlot(index, start, length);
        }

        return fault;
    }

    /// <summary>If the text is an unresolved macro, leaves the field out and notes what that means for the event.</summary>
    public static bool LeftOut(ref EventView view, MacroPolicy policy, int index, ReadOnlySpan<byte> text)
    {
        if (policy == MacroPolicy.None || (!text.IsEmpty && !UnresolvedMacro.MayBe(text[0])))
        {
            return false;
        }

        var state = UnresolvedMacro.Judge(text);
        if (state == MacroState.Resolved)
        {
            return false;
        }

        if (index == view.FieldNames!.Known.AdServingId)
        {
            view.AdServingIdUnresolved = true;
        }

        if (index == view.FieldNames.Known.PublisherId)
        {
            view.PublisherIdUnresolved = true;
        }

        if (policy == MacroPolicy.Optional)
        {
            view.UnresolvedCount++;
        }
        else
        {
            view.UnresolvedBillingCount++;
            // An audit explains the other macros of its event as well, wherever it stands.
            if (state == MacroState.Audit)
            {
                view.Withheld = NotBillable.Audit;
            }
            else if (view.Withheld == NotBillable.No)
            {
                view.Withheld = NotBillable.UnresolvedMacro;
            }
        }

        return true;
    }

    /// <summary>A boolean of a query: 1, 0, true or false.</summary>
    public static FaultCode Boolean(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text)
    {
        if (LeftOut(ref view, check.Macro, index, text))
        {
            return FaultCode.None;
        }

        var value = text.SequenceEqual("1"u8) || text.SequenceEqual("true"u8);
        if (!value && !text.SequenceEqual("0"u8) && !text.SequenceEqual("false"u8))
        {
            return FaultCode.WrongType;
        }

        view.SetLong(index, value ? 1 : 0);
        return FaultCode.None;
    }

    /// <summary>A symbol by name.</summary>
    public static FaultCode Symbol(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text)
    {
        if (LeftOut(ref view, check.Macro, index, text))
        {
            return FaultCode.None;
        }

        var symbol = view.FieldNames!.Fields[index].SymbolNames.Find(text);
        if (symbol < 0)
        {
            return FaultCode.BadEnum;
        }

        view.SetLong(index, symbol);
        return FaultCode.None;
    }

    /// <summary>The name of the event: fixes the class and is kept in its one spelling.</summary>
    public static FaultCode EventName(ref EventView view, EventLayouts layouts, int start, int length)
    {
        var found = layouts.Names.Find(view.BytesAt(start, length), out var isAlias);
        if (found < 0)
        {
            return FaultCode.UnknownEvent;
        }

        var layout = layouts.Names.LayoutOf(found);
        if (view.CurrentLayout is { } chosen && chosen != layout)
        {
            return FaultCode.ConflictingFields;
        }

        view.CurrentLayout = layout;
        view.FieldNames = layout;
        view.Names = layouts.Names;
        view.NameIndex = found;
        if (!isAlias)
        {
            view.SetSlot(layout.Known.EventName, start, length);
        }
        else if (!view.TrySetBytes(layout.Known.EventName, layouts.Names.All[found].Utf8))
        {
            return FaultCode.EventTooLarge;
        }

        return FaultCode.None;
    }

    /// <summary>An entry of <c>ext</c>; key and value are already in the view's bytes.</summary>
    public static FaultCode Ext(ref EventView view, int keyStart, int keyLength, int valueStart, int valueLength)
    {
        var rule = view.FieldNames!.Fields[view.FieldNames.Known.Ext];
        if (keyLength > rule.KeyLengthMax || valueLength > rule.LengthMax)
        {
            return FaultCode.TooLong;
        }

        var key = view.BytesAt(keyStart, keyLength);
        for (var entry = 0; entry < view.ExtCount; entry++)
        {
            if (view.GetExt(entry, out _).SequenceEqual(key))
            {
                return FaultCode.DuplicateField;
            }
        }

        if (view.ExtCount == Math.Min(rule.ItemsMax, EventLimits.ExtEntriesMax))
        {
            return FaultCode.TooManyExtEntries;
        }

        view.Ext[2 * view.ExtCount] = ((long)keyStart << 32) | (uint)keyLength;
        view.Ext[(2 * view.ExtCount) + 1] = ((long)valueStart << 32) | (uint)valueLength;
        view.ExtCount++;
        view.SetLong(view.FieldNames.Known.Ext, 0);
        return FaultCode.None;
    }

    /// <summary>Marks a field as seen in the input; a second occurrence of a field is a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FaultCode See(ref EventView view, int index, bool isDecimal)
    {
        var wasDecimal = view.Decimal.Has(index);
        // The form seen last, so that a fault names the field as it was written there.
        if (isDecimal)
        {
            view.Decimal.Set(index);
        }
        else
        {
            view.Decimal.Clear(index);
        }

        if (view.Seen.Has(index))
        {
            return wasDecimal == isDecimal ? FaultCode.DuplicateField : FaultCode.ConflictingFields;
        }

        view.Seen.Set(index);
        return FaultCode.None;
    }

    /// <summary>UTF-8 of a text that may need unescaping or checking; gives its final place.</summary>
    public static FaultCode Place(ref EventView view, ref int start, ref int length, TextTraits traits)
    {
        if (traits == TextTraits.None)
        {
            return FaultCode.None;
        }

        var text = view.BytesAt(start, length);
        if ((traits & TextTraits.NonAscii) != TextTraits.None && !Utf8.IsValid(text))
        {
            return FaultCode.BadUtf8;
        }

        if ((traits & TextTraits.Escaped) == TextTraits.None)
        {
            return FaultCode.None;
        }

        var room = view.Scratch[view.ScratchUsed..];
        if (room.Length < length)
        {
            return FaultCode.EventTooLarge;
        }

        if (!JsonText.TryUnescape(text, room, out var written))
        {
            return FaultCode.BadUtf8;
        }

        if (room[..written].Contains((byte)0))
        {
            return FaultCode.BadPattern;
        }

        start = view.ScratchUsed | EventView.ScratchFlag;
        length = written;
        view.ScratchUsed += written;
        return FaultCode.None;
    }
}
