using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Decoding;

/// <summary>Writes a view as Avro binary. Every field that is not set is one byte, so an event is runs of default bytes, copied from the
/// layout, between the fields that are set. The caller has made sure of the room; nothing here checks bounds.</summary>
[SkipLocalsInit]
internal static class EventEncoder
{
    /// <summary>Bytes after the last written one that the encoder may overwrite with arbitrary values (whole vectors are copied).</summary>
    internal const int Slack = 32;

    private const int VarintBytesMax = 10;

    /// <summary>Most bytes that the view's event can need.</summary>
    internal static int LengthMax(in EventView view)
    {
        // A default byte a field; a union branch and a length or number for each that is set; every text once, in source or scratch.
        return view.CurrentLayout!.Fields.Length + (view.Present.Count() * (1 + VarintBytesMax)) + view.SourceUsed + view.ScratchUsed
            + (view.ExtCount * 2 * VarintBytesMax) + VarintBytesMax + Slack;
    }

    /// <returns>Bytes written.</returns>
    internal static int Encode(ref EventView view, ref byte output)
    {
        var layout = view.CurrentLayout!;
        ref var checks = ref MemoryMarshal.GetArrayDataReference(layout.Checks);
        ref var at = ref output;
        var next = 0;
        for (var word = 0; word < 2; word++)
        {
            for (var bits = view.Present[word]; bits != 0; bits &= bits - 1)
            {
                var index = (word << 6) + BitOperations.TrailingZeroCount(bits);
                at = ref Run(layout, next, index, ref at);
                next = index + 1;
                ref var check = ref Unsafe.Add(ref checks, index);
                // The branch of the union, overwritten at once where there is none.
                at = 2;
                at = ref Unsafe.Add(ref at, (nuint)check.NullableBytes);
                var slot = view.Slots.At(index);
                at = ref check.Kind == FieldKind.String ? ref Text(ref view, slot, ref at) : ref Other(ref view, check.Kind, slot, ref at);
            }
        }

        at = ref Run(layout, next, layout.Fields.Length, ref at);
        return (int)Unsafe.ByteOffset(ref output, ref at);
    }

    private static ref byte Other(scoped ref EventView view, FieldKind kind, long slot, ref byte output)
    {
        switch (kind)
        {
            case FieldKind.Boolean:
                output = (byte)slot;
                return ref Unsafe.Add(ref output, 1);
            case FieldKind.IntArray:
                var array = view.BytesAt((int)(slot >> 32), (int)slot);
                Unsafe.CopyBlockUnaligned(ref output, ref MemoryMarshal.GetReference(array), (uint)array.Length);
                return ref Unsafe.Add(ref output, array.Length);
            case FieldKind.StringMap:
                return ref Ext(ref view, ref output);
            default:
                return ref Varint(slot, ref output);
        }
    }

    /// <summary>Default bytes of the fields between two that are set; whole vectors, the layout's table is padded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Run(EventLayout layout, int from, int to, ref byte output)
    {
        ref var source = ref Unsafe.AsRef(in layout.DefaultsStart);
        for (var at = from; at < to; at += Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref source, (nuint)at).StoreUnsafe(ref output, (nuint)(at - from));
        }

        return ref Unsafe.Add(ref output, to - from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Text(scoped ref EventView view, long slot, ref byte output)
    {
        var start = (int)(slot >> 32);
        var length = (int)slot;
        output = ref Varint(length, ref output);
        var place = (start & EventView.ScratchFlag) == 0 ? view.Source : view.Scratch;
        start &= ~EventView.ScratchFlag;
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetReference(place), start);
        // Short text with room to read behind it is one vector; the encoder has room to write behind it.
        if (length <= Vector256<byte>.Count && place.Length - start >= Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref source).StoreUnsafe(ref output);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(ref output, ref source, (uint)length);
        }

        return ref Unsafe.Add(ref output, length);
    }

    private static ref byte Ext(scoped ref EventView view, ref byte output)
    {
        if (view.ExtCount > 0)
        {
            output = ref Varint(view.ExtCount, ref output);
            for (var entry = 0; entry < 2 * view.ExtCount; entry++)
            {
                output = ref Text(ref view, view.Ext[entry], ref output);
            }
        }

        output = 0;
        return ref Unsafe.Add(ref output, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Varint(long value, ref byte output)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        while (rest >= 0x80)
        {
            output = (byte)(rest | 0x80);
            output = ref Unsafe.Add(ref output, 1);
            rest >>= 7;
        }

        output = (byte)rest;
        return ref Unsafe.Add(ref output, 1);
    }
}
