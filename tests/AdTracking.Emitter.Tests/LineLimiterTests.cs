using AdTracking.Emitter.Kafka;

namespace AdTracking.Emitter.Tests;

public sealed class LineLimiterTests
{
    [Fact]
    public void Pass_SameKindAgainAndAgain_IsSaidOnceAndCounted()
    {
        var time = new ManualTime();
        var lines = new LineLimiter(time);
        lines.Pass("_ALL_BROKERS_DOWN", "1/1 brokers are down").ShouldBe("_ALL_BROKERS_DOWN: 1/1 brokers are down");
        for (var i = 0; i < 1_000; i++)
        {
            lines.Pass("_ALL_BROKERS_DOWN", "0/1 brokers are down").ShouldBeNull();
        }

        time.Advance((int)LineLimiter.Pause.TotalMilliseconds);
        lines.Pass("_ALL_BROKERS_DOWN", "1/1 brokers are down").ShouldBe("_ALL_BROKERS_DOWN: 1/1 brokers are down (1000 more of these since the last line)");
        lines.Pass("_ALL_BROKERS_DOWN", "1/1 brokers are down").ShouldBeNull();
    }

    [Fact]
    public void Pass_OtherKind_IsSaidAtOnce()
    {
        var lines = new LineLimiter(new ManualTime());
        lines.Pass("_TRANSPORT", "refused").ShouldNotBeNull();
        lines.Pass("_SSL", "no certificate").ShouldBe("_SSL: no certificate");
    }
}
