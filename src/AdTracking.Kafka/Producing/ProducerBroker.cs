using AdTracking.Kafka.Connections;

namespace AdTracking.Kafka.Producing;

/// <summary>A broker, or a bootstrap server (a negative node id): its link, and the requests that are under way on it, oldest first.</summary>
internal sealed class ProducerBroker(int nodeId, ServerAddress address, Backoff backoff)
{
    /// <summary>Its node id.</summary>
    public int NodeId => nodeId;

    /// <summary>Where it listens.</summary>
    public ServerAddress Address { get; set; } = address;

    /// <summary>The link, or null.</summary>
    public IBrokerLink? Link { get; set; }

    /// <summary>Requests that are under way.</summary>
    public Queue<PendingRequest> Pending { get; } = new();

    /// <summary>It gets nothing before this: a quota.</summary>
    public long MutedUntilMs { get; set; }

    /// <summary>It is not connected to before this.</summary>
    public long OpenAtMs { get; private set; }

    /// <summary>Whether it takes requests.</summary>
    public bool IsReady => Link is { State: LinkState.Ready, Versions: not null };

    /// <summary>Counts a link that broke.</summary>
    public void Fail(long nowMs) => OpenAtMs = nowMs + backoff.Fail();

    /// <summary>Counts an answer.</summary>
    public void Succeed() => backoff.Succeed();
}
