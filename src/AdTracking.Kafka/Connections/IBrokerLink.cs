using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Connections;

/// <summary>A connection as a producer sees it that moves in steps: nothing here waits. <see cref="BrokerLink"/> is the real one; tests have
/// one in memory.</summary>
internal interface IBrokerLink : IDisposable
{
    /// <summary>Its state; <see cref="LinkState.Broken"/> is final.</summary>
    LinkState State { get; }

    /// <summary>Why it is broken, or null.</summary>
    string? Failure { get; }

    /// <summary>What the broker takes; null while it opens.</summary>
    ApiVersionsResponse? Versions { get; }

    /// <summary>Takes whole requests, to be sent in this order. Their bytes are copied. Ignored when it is broken.</summary>
    void Send(ReadOnlySpan<byte> requests);

    /// <summary>Appends the next answer, without its length, to <paramref name="frame"/>.</summary>
    bool TryReceive(WireBuffer frame);
}
