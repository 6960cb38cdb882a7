namespace AdTracking.Events;

/// <summary>What the gateway knows about the request that an event came in: the same for all events of a body.</summary>
public readonly ref struct EdgeContext
{
    /// <summary>Gateway clock when the request was read, Unix milliseconds.</summary>
    public required long ReceivedTsMs { get; init; }

    /// <summary>Name of this gateway instance, UTF-8.</summary>
    public required ReadOnlySpan<byte> EdgeId { get; init; }

    /// <summary>AdCOM tracking method where the event does not say; 0 leaves it out of the event's defaults.</summary>
    public int TrackingMethod { get; init; }

    /// <summary>Client address after privacy policy, text; empty for none.</summary>
    public ReadOnlySpan<byte> Ip { get; init; }

    /// <summary>The address was truncated by policy.</summary>
    public bool IpTruncated { get; init; }

    /// <summary>Symbol index of <c>ip_source</c>; negative for none.</summary>
    public int IpSource { get; init; }

    /// <summary>User agent of the device, UTF-8; empty for none. Used where the event does not bring its own.</summary>
    public ReadOnlySpan<byte> UserAgent { get; init; }

    /// <summary>Referer header, UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> Referer { get; init; }

    /// <summary>Origin header, UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> Origin { get; init; }

    /// <summary>Symbol index of <c>billing_source</c> where the event does not say; negative for none.</summary>
    public int BillingSource { get; init; }

    /// <summary>VAST SERVERSIDE where the event does not say; negative for none.</summary>
    public int ServerSide { get; init; }
}
