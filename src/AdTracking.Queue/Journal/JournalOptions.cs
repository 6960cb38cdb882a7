using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Queue.Journal;

/// <summary>Settings of the journal.</summary>
internal sealed record JournalOptions
{
    /// <summary>When a caller is told that an event is stored.</summary>
    public required AckLevel Ack { get; init; }

    /// <summary>Bytes that the journal may take on the disk.</summary>
    public required long BytesMax { get; init; }

    /// <summary>Bytes of one of its files.</summary>
    public required int SegmentBytes { get; init; }

    /// <summary>How long Kafka may take to acknowledge before an event is written to the journal.</summary>
    public required int SyncAfterMs { get; init; }

    /// <summary>What an earlier run left is read once this has completed, unless it may say which cluster its events are for.</summary>
    public Task RecoverAfter { get; init; } = Task.CompletedTask;

    /// <summary>The id of the cluster that events are for, where it is known from an earlier start.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Nothing that an earlier run left can have been stored in the cluster: all of it is sent, and nothing is in doubt.</summary>
    public bool ClusterForgets { get; init; }

    /// <summary>Where it logs what happens to the journal.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
