using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Decoding;

/// <summary>One event on the hot path: which fields are set, and for each an eight-byte slot: the number itself, or where its text is
/// in the source bytes or in the scratch bytes. Nothing is copied that can stay where it arrived; nothing is allocated.</summary>
/// <remarks>The slots are not cleared: a slot means something only while its presence bit is set. Callers that keep a view on the stack of
/// a hot method mark that method <c>[SkipLocalsInit]</c>, or the runtime clears about 1.3 KB per instance.</remarks>
[SkipLocalsInit]
public ref partial struct EventView
{
    /// <summary>Scratch that is always enough for one event within the limits.</summary>
    public const int ScratchBytes = EventLimits.EventBytesMax + EventLimits.EdgeScratchBytes;

    internal const int ScratchFlag = 1 << 30;

    internal ReadOnlySpan<byte> Source;
    internal Span<byte> Scratch;
    internal int ScratchUsed;
    internal EventLayout? CurrentLayout;
    internal EventLayout? FieldNames;
    internal EventNames? Names;
    internal int NameIndex;
    internal int SourceUsed;
    internal bool AdServingIdUnresolved;
    internal bool PublisherIdUnresolved;
    internal int ExtCount;
    internal FieldBits Present;
    internal FieldBits Seen;
    internal FieldBits Decimal;
    internal NotBillable Withheld;
    internal SlotArray Slots;
    internal ExtArray Ext;

    /// <summary>An empty view.</summary>
    /// <param name="source">Bytes that the event is decoded from; they must stay as they are while the view is used.</param>
    /// <param name="scratch">Room for text that cannot stay in place; <see cref="ScratchBytes"/> are always enough.</param>
    public EventView(ReadOnlySpan<byte> source, Span<byte> scratch)
    {
        Unsafe.SkipInit(out this);
        Source = source;
        Scratch = scratch;
        Reset();
    }

    /// <summary>Layout of the decoded event's class; null before an event is decoded.</summary>
    public readonly EventLayout? Layout => CurrentLayout;

    /// <summary>Optional fields that arrived as an unresolved macro and were left out.</summary>
    public int UnresolvedCount { readonly get; internal set; }

    /// <summary>Billing fields that arrived as an unresolved macro and were left out.</summary>
    public int UnresolvedBillingCount { readonly get; internal set; }

    /// <summary>Prices with digits beyond micros, which were rounded half to even.</summary>
    public int RoundedCount { readonly get; internal set; }

    /// <summary>Entries of <c>ext</c>.</summary>
    public readonly int ExtEntryCount => ExtCount;

    /// <summary>The event's name in its one spelling; null before it is known.</summary>
    public readonly EventName? Name => NameIndex >= 0 ? Names!.All[NameIndex] : null;

    /// <summary>Why the event will not be billed; the finisher stores it.</summary>
    public readonly NotBillable NotBillable => Withheld;

    /// <summary>Key of the Kafka record: <c>ad_serving_id</c>, which a finished event always has.</summary>
    public readonly ReadOnlySpan<byte> PartitionKey => CurrentLayout is { } layout ? GetBytes(layout.Known.AdServingId) : default;

    /// <summary>The finished event's id.</summary>
    public readonly ReadOnlySpan<byte> EventId => CurrentLayout is { } layout ? GetBytes(layout.Known.EventId) : default;

    /// <summary>Empties the view; source and scratch stay.</summary>
    public void Reset()
    {
        ScratchUsed = 0;
        CurrentLayout = null;
        FieldNames = null;
        Names = null;
        NameIndex = -1;
        SourceUsed = 0;
        AdServingIdUnresolved = false;
        PublisherIdUnresolved = false;
        ExtCount = 0;
        Present = default;
        Seen = default;
        Decimal = default;
        Withheld = NotBillable.No;
        UnresolvedCount = 0;
        UnresolvedBillingCount = 0;
        RoundedCount = 0;
    }

    /// <summary>Empties the view and points it at other bytes.</summary>
    /// <param name="source">Bytes of the next event.</param>
    public void Reset(ReadOnlySpan<byte> source)
    {
        Source = source;
        Reset();
    }

    /// <summary>Starts an event that is not decoded but set field by field (by the SDK).</summary>
    /// <param name="layout">Layout of its class.</param>
    public void Begin(EventLayout layout)
    {
        Reset();
        CurrentLayout = layout;
        FieldNames = layout;
    }

    /// <summary>Whether a field is set.</summary>
    /// <param name="index">Field index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Has(int index)
    {
        Debug.Assert((uint)index < EventLimits.FieldsMax, "field index");
        return Present.Has(index);
    }

    /// <summary>UTF-8 of a text field; empty when it is not set. Of an int array: its Avro encoding.</summary>
    /// <param name="index">Field index.</param>
    public readonly ReadOnlySpan<byte> GetBytes(int index)
    {
        if (!Has(index))
        {
            return default;
        }

        var slot = Slots[index];
        return BytesAt((int)(slot >> 32), (int)slot);
    }

    /// <summary>A number, time, boolean (0 or 1) or symbol index; 0 when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public readonly long GetLong(int index) => Has(index) ? Slots[index] : 0;

    /// <summary>Sets a number, time, boolean (0 or 1) or symbol index.</summary>
    /// <param name="index">Field index.</param>
    /// <param name="value">Value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetLong(int index, long value)
    {
        Debug.Assert((uint)index < EventLimits.FieldsMax, "field index");
        Slots.At(index) = value;
        Present.Set(index);
    }

    /// <summary>Copies text into the scratch bytes and sets the field to it.</summary>
    /// <param name="index">Field index.</param>
    /// <param name="value">UTF-8; not checked here.</param>
    /// <returns>False when there is no room; the field is as it was.</returns>
    public bool TrySetBytes(int index, scoped ReadOnlySpan<byte> value)
    {
        if (!value.TryCopyTo(Scratch[ScratchUsed..]))
        {
            return false;
        }

        SetSlot(index, ScratchUsed | ScratchFlag, value.Length);
        ScratchUsed += value.Length;
        return true;
    }

    /// <summary>The same for characters.</summary>
    /// <param name="index">Field index.</param>
    /// <param name="value">Text.</param>
    /// <returns>False when there is no room, or the text holds half a surrogate pair.</returns>
    public bool TrySetText(int index, scoped ReadOnlySpan<char> value)
    {
        var status = System.Text.Unicode.Utf8.FromUtf16(value, Scratch[ScratchUsed..], out _, out var written, replaceInvalidSequences: false);
        if (status != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        SetSlot(index, ScratchUsed | ScratchFlag, written);
        ScratchUsed += written;
        return true;
    }

    /// <summary>Keeps the event from being billed; the first reason stays.</summary>
    /// <param name="reason">Why.</param>
    public void Withhold(NotBillable reason)
    {
        if (Withheld == NotBillable.No)
        {
            Withheld = reason;
        }
    }

    /// <summary>A text field as a string, for messages and tests; null when it is not set.</summary>
    /// <param name="index">Field index.</param>
    public readonly string? GetString(int index) => Has(index) ? Encoding.UTF8.GetString(GetBytes(index)) : null;

    /// <summary>Makes a field not set.</summary>
    /// <param name="index">Field index.</param>
    public void Remove(int index) => Present.Clear(index);

    /// <summary>An entry of <c>ext</c>.</summary>
    /// <param name="entry">From 0.</param>
    /// <param name="value">Its value, UTF-8.</param>
    /// <returns>Its key, UTF-8.</returns>
    public readonly ReadOnlySpan<byte> GetExt(int entry, out ReadOnlySpan<byte> value)
    {
        var (key, text) = (Ext[2 * entry], Ext[(2 * entry) + 1]);
        value = BytesAt((int)(text >> 32), (int)text);
        return BytesAt((int)(key >> 32), (int)key);
    }

    internal readonly ReadOnlySpan<byte> BytesAt(int start, int length) =>
        (start & ScratchFlag) != 0 ? Scratch.Slice(start & ~ScratchFlag, length) : Source.Slice(start, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetSlot(int index, int start, int length)
    {
        Slots.At(index) = ((long)start << 32) | (uint)length;
        Present.Set(index);
    }
}
