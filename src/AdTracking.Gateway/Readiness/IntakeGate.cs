namespace AdTracking.Gateway.Readiness;

/// <summary>Shuts the door to what comes, for good: the gateway drains. Everything else that keeps events out is the pipeline's to know.</summary>
internal sealed class IntakeGate
{
    private volatile string? _reason;

    /// <summary>Shut for good. Read for every request.</summary>
    public bool IsDraining => _reason is not null;

    /// <summary>Why it is shut; empty while it is open.</summary>
    public IReadOnlyList<string> Reasons => _reason is { } reason ? [reason] : [];

    /// <summary>Shut, and nothing opens it again.</summary>
    public void BeginDrain(string reason) => _reason = reason;
}
