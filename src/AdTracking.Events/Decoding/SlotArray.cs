using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Decoding;

/// <summary>One slot per field: a number, or start and length of text.</summary>
[InlineArray(EventLimits.FieldsMax)]
internal struct SlotArray
{
    private long _first;

    /// <summary>A slot without a bounds check: indexes come from layouts, which have at most as many fields.</summary>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long At(int index) => ref Unsafe.Add(ref _first, (nuint)(uint)index);
}
