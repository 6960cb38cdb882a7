using System.Runtime.CompilerServices;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Decoding;

/// <summary>Two text slots per entry of <c>ext</c>: key and value.</summary>
[InlineArray(2 * EventLimits.ExtEntriesMax)]
internal struct ExtArray
{
    private long _first;
}
