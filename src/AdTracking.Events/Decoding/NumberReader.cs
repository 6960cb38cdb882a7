using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Values;

namespace AdTracking.Events.Decoding;

/// <summary>Turns the text of one value into a number of the view: counts, money, times and arrays of numbers.</summary>
[SkipLocalsInit]
internal static class NumberReader
{
    /// <summary>A number as it is written, for every numeric kind.</summary>
    public static FaultCode Number(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text, bool isDecimal)
    {
        if (isDecimal)
        {
            return Money(ref view, in check, index, text);
        }

        if (!NumberText.TryParsePlain(text, out var value))
        {
            switch (NumberText.Parse(text, 0, out value))
            {
                case NumberExactness.NotANumber or NumberExactness.Rounded: return FaultCode.WrongType;
                case NumberExactness.Overflow: return FaultCode.OutOfRange;
                default: break;
            }
        }

        if (value is -1 or -2 && FieldReader.LeftOut(ref view, check.Macro, index, value == -1 ? "-1"u8 : "-2"u8))
        {
            return FaultCode.None;
        }

        if (value < check.Min || value > check.Max)
        {
            return FaultCode.OutOfRange;
        }

        view.SetLong(index, value);
        return FaultCode.None;
    }

    /// <summary>A number of a query, or a macro in its place.</summary>
    public static FaultCode NumberOrMacro(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text, bool isDecimal) =>
        FieldReader.LeftOut(ref view, check.Macro, index, text) ? FaultCode.None : Number(ref view, in check, index, text, isDecimal);

    /// <summary>Decimal money.</summary>
    public static FaultCode Money(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text)
    {
        if (FieldReader.LeftOut(ref view, check.Macro, index, text))
        {
            return FaultCode.None;
        }

        var fault = MoneyMicros.Parse(text, out var micros, out var rounded);
        if (fault != FaultCode.None)
        {
            return fault;
        }

        if (micros < check.Min || micros > check.Max)
        {
            return FaultCode.OutOfRange;
        }

        if (rounded)
        {
            view.RoundedCount++;
        }

        view.SetLong(index, micros);
        return FaultCode.None;
    }

    /// <summary>A time as text.</summary>
    public static FaultCode Timestamp(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text)
    {
        if (FieldReader.LeftOut(ref view, check.Macro, index, text))
        {
            return FaultCode.None;
        }

        if (!TimestampText.TryParse(text, out var unixMs))
        {
            return FaultCode.BadTimestamp;
        }

        if (unixMs < check.Min || unixMs > check.Max)
        {
            return FaultCode.OutOfRange;
        }

        view.SetLong(index, unixMs);
        return FaultCode.None;
    }

    /// <summary>An array of a query: numbers with commas between them.</summary>
    public static FaultCode IntList(ref EventView view, in FieldCheck check, int index, ReadOnlySpan<byte> text)
    {
        if (FieldReader.LeftOut(ref view, check.Macro, index, text))
        {
            return FaultCode.None;
        }

        var array = new IntArrayBuilder(ref view);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)',');
            var code = array.Add(in check, end < 0 ? text : text[..end]);
            if (code != FaultCode.None)
            {
                return code;
            }

            text = end < 0 ? default : text[(end + 1)..];
        }

        return array.Finish(ref view, index);
    }
}
