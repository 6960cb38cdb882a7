namespace AdTracking.Oracle.Judging;

/// <summary>All that is remembered of an event.</summary>
[Flags]
internal enum EventBits
{
    None = 0,

    /// <summary>The lowest two bits are the <see cref="Minting.EventKind"/>.</summary>
    Click = 1,

    /// <summary>The other one of these two.</summary>
    Engagement = 1 << 1,

    /// <summary>Both of them.</summary>
    KindMask = Click | Engagement,

    /// <summary>It was about to be sent.</summary>
    Sent = 1 << 2,

    /// <summary>It was answered with a 2xx that names it, or that stands for all of its request.</summary>
    Promised = 1 << 3,

    /// <summary>A redirect was the answer, which promises nothing.</summary>
    Redirected = 1 << 4,

    /// <summary>It was refused for good: it must not arrive.</summary>
    Refused = 1 << 5,

    /// <summary>It stands in Kafka.</summary>
    Stored = 1 << 6,

    /// <summary>It stands there more than once.</summary>
    Doubled = 1 << 7,
}
