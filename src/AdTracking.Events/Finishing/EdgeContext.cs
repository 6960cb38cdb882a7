namespace AdTracking.Events.Finishing;

/// <summary>What the gateway knows about the request that an event came in: the same for all events of a body.</summary>
public readonly ref struct EdgeContext
{
    /// <summary>A context with nothing known beyond what is set.</summary>
    public EdgeContext()
    {
    }

    /// <summary>Gateway clock when the request was read, Unix milliseconds.</summary>
    public required long ReceivedTsMs { get; init; }

    /// <summary>Name of this gateway instance, UTF-8.</summary>
    public required ReadOnlySpan<byte> EdgeId { get; init; }

    /// <summary>AdCOM tracking method where the event does not say; 0 for none.</summary>
    public int TrackingMethod { get; init; }

    /// <summary>Client address after privacy policy, text; empty for none.</summary>
    public ReadOnlySpan<byte> Ip { get; init; }

    /// <summary>The address was truncated by policy.</summary>
    public bool IpTruncated { get; init; }

    /// <summary>Symbol index of <c>ip_source</c>; counts only with an address.</summary>
    public int IpSource { get; init; }

    /// <summary>User agent, valid UTF-8; empty for none. Used where the event does not bring its own.</summary>
    public ReadOnlySpan<byte> UserAgent { get; init; }

    /// <summary>Referer header, valid UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> Referer { get; init; }

    /// <summary>Origin header, valid UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> Origin { get; init; }

    /// <summary>Symbol index of <c>billing_source</c> where the event has none; -1 for none.</summary>
    public int BillingSource { get; init; } = -1;

    /// <summary>VAST SERVERSIDE where the event does not say; -1 for none.</summary>
    public int ServerSide { get; init; } = -1;
}
