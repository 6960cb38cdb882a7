namespace AdTracking.Gateway.Tests.Accounting;

/// <summary>A clock that shows what it is set to.</summary>
public sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
