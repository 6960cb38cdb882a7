using System.Runtime.CompilerServices;

namespace AdTracking.Events;

/// <summary>A slot a field: a number, or start and length of text.</summary>
[InlineArray(EventLimits.FieldsMax)]
internal struct SlotArray
{
    private long _first;
}
