using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AdTracking.Events;

/// <summary>
/// Writes a view as Avro binary. Every field that is not set is one byte, so an event is runs of default bytes, copied from the
/// layout, between the fields that are set. The caller has made sure of the room; nothing here checks bounds.
/// </summary>
[SkipLocalsInit]
internal static class EventEncoder
{
    /// <summary>Bytes behind the last written one that the encoder may overwrite with nonsense (whole vectors are copied).</summary>
    internal const int Slack = 32;

    private const int VarintBytesMax = 10;

    /// <summary>Most bytes that the view's event can need.</summary>
    internal static int LengthMax(in EventView view)
    {
        var set = BitOperations.PopCount(view.PresentLow) + BitOperations.PopCount(view.PresentHigh);
        // A default byte a field; a union branch and a length or number for each that is set; every text once, in source or scratch.
        return view.CurrentLayout!.Fields.Length + (set * (1 + VarintBytesMax)) + view.SourceUsed + view.ScratchUsed
            + (view.ExtCount * 2 * VarintBytesMax) + VarintBytesMax + Slack;
    }

    /// <returns>Bytes written.</returns>
    internal static int Encode(ref EventView view, ref byte output)
    {
        var layout = view.CurrentLayout!;
        var at = 0;
        var next = 0;
        for (var bits = view.PresentLow; bits != 0; bits &= bits - 1)
            at = Field(ref view, layout, BitOperations.TrailingZeroCount(bits), ref next, ref output, at);
        for (var bits = view.PresentHigh; bits != 0; bits &= bits - 1)
            at = Field(ref view, layout, 64 + BitOperations.TrailingZeroCount(bits), ref next, ref output, at);
        return Run(layout, next, layout.Fields.Length, ref output, at);
    }

    private static int Field(ref EventView view, EventLayout layout, int index, ref int next, ref byte output, int at)
    {
        at = Run(layout, next, index, ref output, at);
        next = index + 1;
        ref readonly var check = ref layout.Checks[index];
        if (check.Nullable) Unsafe.Add(ref output, at++) = 2;
        var slot = view.Slots[index];
        switch (check.Kind)
        {
            case FieldKind.String:
                return Text(view.BytesAt((int)(slot >> 32), (int)slot), ref output, at);
            case FieldKind.Boolean:
                Unsafe.Add(ref output, at) = (byte)slot;
                return at + 1;
            case FieldKind.IntArray:
                return Bytes(view.BytesAt((int)(slot >> 32), (int)slot), ref output, at);
            case FieldKind.StringMap:
                return Ext(ref view, ref output, at);
            default:
                return Varint(slot, ref output, at);
        }
    }

    private static int Run(EventLayout layout, int from, int to, ref byte output, int at) =>
        Bytes(layout.Defaults[from..to], ref output, at);

    private static int Text(ReadOnlySpan<byte> text, ref byte output, int at) =>
        Bytes(text, ref output, Varint(text.Length, ref output, at));

    private static int Bytes(ReadOnlySpan<byte> bytes, ref byte output, int at)
    {
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref output, at), bytes.Length));
        return at + bytes.Length;
    }

    private static int Ext(ref EventView view, ref byte output, int at)
    {
        if (view.ExtCount > 0)
        {
            at = Varint(view.ExtCount, ref output, at);
            for (var entry = 0; entry < view.ExtCount; entry++)
            {
                at = Text(view.GetExt(entry, out var value), ref output, at);
                at = Text(value, ref output, at);
            }
        }

        Unsafe.Add(ref output, at) = 0;
        return at + 1;
    }

    private static int Varint(long value, ref byte output, int at)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7) Unsafe.Add(ref output, at++) = (byte)(rest | 0x80);
        Unsafe.Add(ref output, at) = (byte)rest;
        return at + 1;
    }
}
