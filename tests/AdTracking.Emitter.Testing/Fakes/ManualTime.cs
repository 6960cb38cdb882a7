using Microsoft.Extensions.Time.Testing;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>The fake clock, in milliseconds: it moves when told, and timers fire then, each at its time.</summary>
internal sealed class ManualTime() : FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(StartMs))
{
    private const long StartMs = 1_000_000;

    /// <summary>What a <see cref="Queue.Clock"/> over it shows.</summary>
    public long NowMs => GetTimestamp() / (TimestampFrequency / 1_000);

    /// <summary>Lets time pass.</summary>
    public void Advance(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));
}
