namespace AdTracking.Emitter;

/// <summary>What an <see cref="EmitOutcome"/> means for its caller.</summary>
public static class EmitOutcomes
{
    /// <summary>The metric label.</summary>
    public static string Tag(this EmitOutcome outcome) => outcome switch
    {
        EmitOutcome.Delivered => "delivered",
        EmitOutcome.Journaled => "journaled",
        EmitOutcome.Queued => "queued",
        EmitOutcome.Invalid => "invalid",
        EmitOutcome.Refused => "refused",
        EmitOutcome.QueueFull => "queue_full",
        EmitOutcome.NotReady => "not_ready",
        EmitOutcome.Stopped => "stopped",
        EmitOutcome.DeadlineExceeded => "deadline",
        EmitOutcome.Unknown => "unknown",
        _ => "other",
    };

    /// <summary>Whether emitting the same event again, with the same id, may help.</summary>
    public static bool CanRetry(this EmitOutcome outcome) =>
        outcome is EmitOutcome.QueueFull or EmitOutcome.NotReady or EmitOutcome.DeadlineExceeded or EmitOutcome.Unknown;
}
