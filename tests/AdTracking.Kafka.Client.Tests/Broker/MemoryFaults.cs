namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>How often what goes wrong, as chances in a thousand.</summary>
internal sealed record MemoryFaults
{
    /// <summary>None at all.</summary>
    public static MemoryFaults None { get; } = new();

    /// <summary>A request is lost with its connection.</summary>
    public int LoseRequest { get; init; }

    /// <summary>An answer is lost with its connection.</summary>
    public int LoseAnswer { get; init; }

    /// <summary>An answer ends in the middle.</summary>
    public int TearAnswer { get; init; }

    /// <summary>An answer does not come.</summary>
    public int Silence { get; init; }

    /// <summary>A batch is answered with an error before it is appended.</summary>
    public int ErrorBefore { get; init; }

    /// <summary>A batch is answered with an error after it was appended.</summary>
    public int ErrorAfter { get; init; }

    /// <summary>A leader moves, per tick.</summary>
    public int MoveLeader { get; init; }

    /// <summary>A broker goes away or comes back, per tick.</summary>
    public int Restart { get; init; }

    /// <summary>A topic takes smaller or larger batches than before, per tick.</summary>
    public int ChangeLimit { get; init; }

    /// <summary>A quota applies.</summary>
    public int Throttle { get; init; }

    /// <summary>A broker tells of leaders as they were.</summary>
    public int StaleMetadata { get; init; }
}
