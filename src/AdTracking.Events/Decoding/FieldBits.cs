using System.Numerics;
using System.Runtime.CompilerServices;

namespace AdTracking.Events.Decoding;

/// <summary>One bit per field.</summary>
[InlineArray(2)]
internal struct FieldBits
{
    private ulong _first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Has(int index) => (Unsafe.Add(ref Unsafe.AsRef(in _first), (nuint)index >> 6) >> index & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int index) => Unsafe.Add(ref _first, (nuint)index >> 6) |= 1UL << index;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Clear(int index) => Unsafe.Add(ref _first, (nuint)index >> 6) &= ~(1UL << index);

    public readonly int Count() => BitOperations.PopCount(this[0]) + BitOperations.PopCount(this[1]);
}
