using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace AdTracking.Events.Layout;

/// <summary>Finds names in a closed set without collisions: a multiplicative hash over the length, the first and the last eight bytes, its
/// multiplier searched once, when the table is built, until every name has a slot of its own.</summary>
public sealed class NameTable
{
    /// <summary>Longest name: one vector, so that a name is compared in one step.</summary>
    internal const int NameBytesMax = 32;

    private const int AttemptsMax = 1_000_000;
    private readonly byte[] _slots;
    private readonly byte[] _names;
    private readonly byte[] _lengths;
    private readonly short[] _values;
    private readonly ulong _multiplier;
    private readonly int _shift;

    /// <summary>Builds the table.</summary>
    /// <param name="entries">Names (1 to 32 bytes of UTF-8, all different, at most 255) and the value of each.</param>
    public NameTable(IEnumerable<(string Name, int Value)> entries)
    {
        var all = entries.ToArray();
        if (all.Length > byte.MaxValue)
        {
            throw new ArgumentException("More than 255 names.", nameof(entries));
        }

        _lengths = new byte[all.Length + 1];
        _values = new short[all.Length + 1];
        _names = new byte[(all.Length + 1) * NameBytesMax];
        _values[0] = -1;
        for (var i = 0; i < all.Length; i++)
        {
            var length = Encoding.UTF8.GetByteCount(all[i].Name);
            if (length is 0 or > NameBytesMax)
            {
                throw new ArgumentException($"'{all[i].Name}' has not 1 to 32 bytes.", nameof(entries));
            }

            _lengths[i + 1] = (byte)length;
            _values[i + 1] = checked((short)all[i].Value);
            Encoding.UTF8.GetBytes(all[i].Name, _names.AsSpan((i + 1) * NameBytesMax));
        }

        // 16 slots a name and more: a multiplier without collisions is found within a few dozen attempts.
        var bits = Math.Clamp(BitOperations.Log2((uint)all.Length | 1) + 5, 5, 12);
        _shift = 64 - bits;
        (_slots, _multiplier) = Search(1 << bits, all);
    }

    internal static NameTable Empty { get; } = new([]);

    /// <summary>The value of a name, or -1.</summary>
    /// <param name="name">UTF-8.</param>
    public int Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > NameBytesMax)
        {
            return -1;
        }

        var entry = _slots[Hash(name, _multiplier) >> _shift];
        return _lengths[entry] == name.Length && name.SequenceEqual(_names.AsSpan(entry * NameBytesMax, name.Length)) ? _values[entry] : -1;
    }

    /// <summary>The same for a name inside a larger buffer with at least 32 readable bytes from its start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FindInside(ref byte start, int length) => FindInside(ref start, length, Vector256.LoadUnsafe(ref start));

    /// <summary>The same where those 32 bytes are at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FindInside(ref byte start, int length, Vector256<byte> bytes)
    {
        if ((uint)(length - 1) >= NameBytesMax)
        {
            return -1;
        }

        var mask = ulong.MaxValue >> (64 - (8 * Math.Min(length, 8)));
        var first = Unsafe.ReadUnaligned<ulong>(ref start) & mask;
        var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, Math.Max(length - 8, 0))) & mask;
        nuint entry = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)(Mix(first, last, length, _multiplier) >> _shift));
        var known = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_names), entry * NameBytesMax);
        var differs = ~Vector256.Equals(known, bytes).ExtractMostSignificantBits();
        // A slot without a name has length 0 and never matches; a name is padded with zeros, so its length must match as well.
        var same = BitOperations.TrailingZeroCount(differs) >= length
            && Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lengths), entry) == length;
        return same ? Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), entry) : -1;
    }

    private static ulong Hash(ReadOnlySpan<byte> name, ulong multiplier)
    {
        Span<byte> head = stackalloc byte[8];
        Span<byte> tail = stackalloc byte[8];
        head.Clear();
        tail.Clear();
        name[..Math.Min(8, name.Length)].CopyTo(head);
        name[Math.Max(name.Length - 8, 0)..].CopyTo(tail);
        return Mix(MemoryMarshal.Read<ulong>(head), MemoryMarshal.Read<ulong>(tail), name.Length, multiplier);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong first, ulong last, int length, ulong multiplier) =>
        (first ^ (BitOperations.RotateLeft(last, 29) + (ulong)length)) * multiplier;

    private (byte[] Slots, ulong Multiplier) Search(int slotCount, (string Name, int Value)[] all)
    {
        var keys = all.Select(entry => Encoding.UTF8.GetBytes(entry.Name)).ToArray();
        var slots = new byte[slotCount];
        var multiplier = 0x9E3779B97F4A7C15UL;
        for (var attempt = 0; attempt < AttemptsMax; attempt++, multiplier = (multiplier * 6364136223846793005UL + 1442695040888963407UL) | 1)
        {
            if (TryPlace(keys, slots, multiplier))
            {
                return (slots, multiplier);
            }
        }

        throw new ArgumentException($"No perfect hash for: {string.Join(' ', all.Select(entry => entry.Name))} (a name twice?)", nameof(all));
    }

    private bool TryPlace(byte[][] keys, byte[] slots, ulong multiplier)
    {
        Array.Clear(slots);
        for (var i = 0; i < keys.Length; i++)
        {
            ref var slot = ref slots[Hash(keys[i], multiplier) >> _shift];
            if (slot != 0)
            {
                return false;
            }

            slot = (byte)(i + 1);
        }

        return true;
    }
}
