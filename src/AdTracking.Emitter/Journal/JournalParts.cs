namespace AdTracking.Emitter;

/// <summary>What a journal works with.</summary>
internal sealed record JournalParts
{
    public required PipelineOptions Options { get; init; }

    public required EventQueue Queue { get; init; }

    public required PartitionMap Map { get; init; }

    public required Shipper Shipper { get; init; }

    public required InFlightBudget Budget { get; init; }

    public required Deliveries Deliveries { get; init; }

    public required IJournalFiles Files { get; init; }

    public required Guid BootId { get; init; }

    public required Func<IKafkaLog> CreateLog { get; init; }
}
