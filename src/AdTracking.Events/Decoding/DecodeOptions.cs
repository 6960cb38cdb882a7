using AdTracking.Events.Layout;

namespace AdTracking.Events.Decoding;

/// <summary>How events are decoded; made once, shared by all threads.</summary>
public sealed class DecodeOptions
{
    /// <summary>The layouts to choose from.</summary>
    public required EventLayouts Layouts { get; init; }

    /// <summary>What happens to unknown fields.</summary>
    public UnknownFieldPolicy UnknownFields { get; init; } = UnknownFieldPolicy.Keep;

    /// <summary>One event as it arrives, in bytes (of a query: characters).</summary>
    public int EventBytesMax { get; init; } = EventLimits.EventBytesMax;

    /// <summary>Events of one body.</summary>
    public int BatchEventsMax { get; init; } = EventLimits.BatchEventsMax;

    /// <summary>JSON objects and arrays that may be open at once.</summary>
    public int JsonDepthMax { get; init; } = EventLimits.JsonDepthMax;
}
