namespace AdTracking.Emitter.Inspection;

/// <summary>The sums over the segments that were read.</summary>
public sealed record JournalTotals
{
    /// <summary>Segments.</summary>
    public int Segments { get; init; }

    /// <summary>Bytes of segments and side files.</summary>
    public long Bytes { get; init; }

    /// <summary>Batches taken from blocks that were on their way to Kafka.</summary>
    public int ShippingBatches { get; init; }

    /// <summary>Batches of which nothing had been handed over when they were written.</summary>
    public int WaitingBatches { get; init; }

    /// <summary>Groups.</summary>
    public long Groups { get; init; }

    /// <summary>Events that stand in batches; one that had to be written anew counts in both copies.</summary>
    public long Events { get; init; }

    /// <summary>Events of them that could not be read, and of lost batches.</summary>
    public long MissingEvents { get; init; }

    /// <summary>Notes.</summary>
    public int Notes { get; init; }

    /// <summary>Damaged stretches.</summary>
    public int Damage { get; init; }

    /// <summary>When the oldest batch was taken.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>How long ago that is.</summary>
    public long? OldestAgeSeconds { get; init; }

    internal JournalTotals Plus(InspectedSegment segment)
    {
        var oldest = segment.Batches.MinBy(batch => batch.Time);
        var isOlder = oldest is not null && (Oldest is null || oldest.Time < Oldest);
        return new JournalTotals
        {
            Segments = Segments + 1,
            Bytes = Bytes + segment.Bytes + segment.NotesBytes,
            ShippingBatches = ShippingBatches + segment.Batches.Count(batch => batch.Kind == JournalWords.Shipping),
            WaitingBatches = WaitingBatches + segment.Batches.Count(batch => batch.Kind == JournalWords.Waiting),
            Groups = Groups + segment.Batches.Sum(batch => (long)batch.Groups),
            Events = Events + segment.Batches.Sum(batch => (long)batch.Events),
            MissingEvents = MissingEvents + segment.LostBatchEvents + segment.Batches.Sum(batch => (long)(batch.MissingEvents ?? 0)),
            Notes = Notes + segment.Notes.Count,
            Damage = Damage + segment.Damage.Count,
            Oldest = isOlder ? oldest!.Time : Oldest,
            OldestAgeSeconds = isOlder ? oldest!.AgeSeconds : OldestAgeSeconds,
        };
    }
}
