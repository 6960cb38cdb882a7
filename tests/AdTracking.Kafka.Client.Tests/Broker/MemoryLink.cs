using System.Buffers.Binary;
using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>A connection to a broker in memory. Requests reach the broker and answers the client when the cluster's clock says so.</summary>
internal sealed class MemoryLink(MemoryCluster cluster, int nodeId, long readyAtMs) : IBrokerLink
{
    private readonly Queue<byte[]> _arrived = new();

    /// <summary>Requests that the broker has not read yet, with the time when it does.</summary>
    public Queue<(long AtMs, byte[] Frame)> Requests { get; } = new();

    /// <summary>Answers on their way.</summary>
    public Queue<(long AtMs, byte[] Frame)> Answers { get; } = new();

    /// <summary>The broker.</summary>
    public int NodeId => nodeId;

    /// <inheritdoc/>
    public LinkState State { get; private set; } = LinkState.Opening;

    /// <inheritdoc/>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public ApiVersionsResponse? Versions { get; private set; }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> requests)
    {
        if (State == LinkState.Broken)
        {
            return;
        }

        while (!requests.IsEmpty)
        {
            var bytes = BinaryPrimitives.ReadInt32BigEndian(requests);
            Requests.Enqueue((cluster.Later(Requests.LastOrDefault().AtMs), requests.Slice(4, bytes).ToArray()));
            requests = requests[(4 + bytes)..];
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(WireBuffer frame)
    {
        if (!_arrived.TryDequeue(out var arrived))
        {
            return false;
        }

        frame.Append(arrived);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Break("closed by the client");

    /// <summary>Ends it. What the broker has not read yet it may read nevertheless.</summary>
    public void Break(string why)
    {
        State = LinkState.Broken;
        Failure ??= why;
    }

    /// <summary>Opens it, or delivers what has arrived by now.</summary>
    public void Tick(long nowMs)
    {
        if (State == LinkState.Opening && nowMs >= readyAtMs)
        {
            if (cluster.IsUp(nodeId))
            {
                Versions = cluster.Versions;
                State = LinkState.Ready;
            }
            else
            {
                Break("nobody listens");
            }
        }

        while (State == LinkState.Ready && Answers.TryPeek(out var answer) && answer.AtMs <= nowMs)
        {
            _arrived.Enqueue(Answers.Dequeue().Frame);
        }
    }
}
