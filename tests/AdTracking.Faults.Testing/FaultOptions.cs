namespace AdTracking.Faults.Testing;

/// <summary>What differs from one scenario to the next.</summary>
internal sealed record FaultOptions(string Name)
{
    public string Ack { get; init; } = "durable";

    /// <summary>The gateway's <c>Kafka:Producer</c>; null for its default.</summary>
    public string? Producer { get; init; }

    /// <summary>Events a second.</summary>
    public int Rate { get; init; } = Scale.Of(1_000, 2_500);

    public int Connections { get; init; } = 32;

    public int PartitionCount { get; init; } = 6;

    /// <summary>What the gateway is given as bootstrap servers, where it is not the cluster's own.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>How long after a start questionable batches wait.</summary>
    public int ReconcileAfterMs { get; init; } = 3_000;

    /// <summary>Whether the order of keys is judged: only where nothing goes wrong.</summary>
    public bool JudgesOrder { get; init; }

    /// <summary>What the gateway is wrapped into, given its data directory.</summary>
    public Func<string, ProcessWrapper>? Wrapper { get; init; }

    /// <summary>Further arguments of the oracle.</summary>
    public IReadOnlyList<string> OracleArguments { get; init; } = [];

    /// <summary>Further settings.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
