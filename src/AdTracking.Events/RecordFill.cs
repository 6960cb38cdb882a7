using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using AdTracking.Avro.Records;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events;

/// <summary>Sets the fields of a view from the values of a class for developers. The checks are those of the decoder; what holds its default is
/// left unset, because an absent field means its default.</summary>
public struct RecordFill
{
    private readonly List<EventFault>? _faults;

    internal RecordFill(List<EventFault>? faults) => _faults = faults;

    /// <summary>The first thing that was wrong.</summary>
    public EventFault First { get; private set; }

    /// <summary>Sets a text. Null is absent, and so is "" where the field cannot be null.</summary>
    public void Text(ref EventView view, int index, string? value)
    {
        ref readonly var check = ref Check(in view, index);
        if (value is null || (value.Length == 0 && !check.Nullable))
        {
            return;
        }

        var fault = Put(ref view, value, out var start, out var length);
        if (fault == FaultCode.None)
        {
            fault = FieldReader.Text(ref view, in check, index, start, length);
        }

        Note(fault, index);
    }

    /// <summary>Sets the name of the event, in its one spelling; it must be one of this class.</summary>
    public void Name(ref EventView view, int index, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        var fault = Put(ref view, value, out var start, out var length);
        if (fault == FaultCode.None)
        {
            fault = FieldReader.EventName(ref view, EventSchemas.Layouts, start, length);
        }

        Note(fault, index);
    }

    /// <summary>Sets a number. Null is absent, and so is 0 where the field cannot be null.</summary>
    public void Number(ref EventView view, int index, long? value)
    {
        ref readonly var check = ref Check(in view, index);
        if (value is { } number && (number != 0 || check.Nullable))
        {
            SetChecked(ref view, in check, index, number);
        }
    }

    /// <summary>Sets a boolean. Null is absent, and so is false where the field cannot be null.</summary>
    public static void Flag(ref EventView view, int index, bool? value)
    {
        if (value is { } flag && (flag || Check(in view, index).Nullable))
        {
            view.SetLong(index, flag ? 1 : 0);
        }
    }

    /// <summary>Sets a time. Null is absent, and so is 1970 where the field cannot be null.</summary>
    public void Time(ref EventView view, int index, DateTimeOffset? value) => Number(ref view, index, value?.ToUnixTimeMilliseconds());

    /// <summary>Sets a symbol; the field's default is absent.</summary>
    public void Symbol(ref EventView view, int index, int value)
    {
        var rule = view.Layout!.Fields[index];
        if (value == rule.SymbolDefault)
        {
            return;
        }

        if ((uint)value < (uint)rule.Symbols.Length)
        {
            view.SetLong(index, value);
        }
        else
        {
            Note(FaultCode.BadEnum, index);
        }
    }

    /// <summary>Sets a list of numbers; an empty one is absent.</summary>
    public void Numbers(ref EventView view, int index, AvroList<int> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        var builder = new IntArrayBuilder(ref view);
        Span<byte> digits = stackalloc byte[11];
        var fault = FaultCode.None;
        for (var i = 0; i < values.Count && fault == FaultCode.None; i++)
        {
            Utf8Formatter.TryFormat(values[i], digits, out var length);
            fault = builder.Add(in Check(in view, index), digits[..length]);
        }

        Note(fault == FaultCode.None ? builder.Finish(ref view, index) : fault, index);
    }

    /// <summary>Sets the entries of a map; an empty one is absent.</summary>
    public void Entries(ref EventView view, int index, AvroMap<string> values)
    {
        foreach (var (key, value) in values)
        {
            var fault = Put(ref view, key, out var keyStart, out var keyLength);
            var valueStart = 0;
            var valueLength = 0;
            if (fault == FaultCode.None)
            {
                fault = Put(ref view, value, out valueStart, out valueLength);
            }

            if (fault == FaultCode.None)
            {
                fault = FieldReader.Ext(ref view, keyStart, keyLength, valueStart, valueLength);
            }

            Note(fault, index);
        }
    }

    internal void Required(ref EventView view, EventLayout layout)
    {
        for (var index = 0; index < layout.Fields.Length; index++)
        {
            var open = layout.Fields[index].Required && !view.Has(index);
            // A macro in its place is judged when the event is finished.
            if (open && !(index == layout.Known.AdServingId && view.AdServingIdUnresolved))
            {
                Note(FaultCode.MissingField, index);
            }
        }

        var seq = layout.Known.Seq;
        if (seq >= 0 && view.Name is { Repeats: true } && !view.Has(seq))
        {
            Note(FaultCode.MissingField, seq);
        }
    }

    private static ref readonly FieldCheck Check(ref readonly EventView view, int index) => ref view.Layout!.Checks[index];

    private static FaultCode Put(ref EventView view, string text, out int start, out int length)
    {
        start = view.ScratchUsed | EventView.ScratchFlag;
        var status = Utf8.FromUtf16(text, view.Scratch[view.ScratchUsed..], out _, out length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            return status == OperationStatus.InvalidData ? FaultCode.BadUtf8 : FaultCode.EventTooLarge;
        }

        view.ScratchUsed += length;
        return FaultCode.None;
    }

    private void SetChecked(ref EventView view, in FieldCheck check, int index, long value)
    {
        if (value < check.Min || value > check.Max)
        {
            Note(FaultCode.OutOfRange, index);
        }
        else
        {
            view.SetLong(index, value);
        }
    }

    private void Note(FaultCode code, int index)
    {
        if (code == FaultCode.None)
        {
            return;
        }

        var fault = EventFault.Of(code, index);
        if (!First.IsFault)
        {
            First = fault;
        }

        _faults?.Add(fault);
    }
}
