using AdTracking.Emitter.Kafka;
using AdTracking.Queue;

namespace AdTracking.Emitter.Tests;

/// <summary>The lines are those of librdkafka 2.15.1.</summary>
public sealed class EpochWatchTests
{
    private const string Retry = "[thrd:127.0.0.1:9092/1]: ad.click [0] beginning partition drain: drain before retrying";
    private const string OutOfOrder = "[thrd:127.0.0.1:9092/1]: 127.0.0.1:9092/1: ProduceRequest for ad.click [0] with 2 message(s) failed due to skipped";

    private readonly ManualTime _time = new();
    private readonly EpochWatch _watch;

    public EpochWatchTests() => _watch = new EpochWatch(new Clock(_time));

    [Theory]
    [InlineData("ERRSEQ")]
    [InlineData("UNKPID")]
    public void Take_NewEpochWhileABatchIsSentAgain_MustNot(string facility)
    {
        _watch.Take("DRAIN", Retry).ShouldBeFalse();
        _watch.Take(facility, OutOfOrder).ShouldBeTrue();
    }

    [Fact]
    public void Take_NewEpochWithoutARetry_MayBe()
    {
        _watch.Take("ERRSEQ", OutOfOrder).ShouldBeFalse();
        _watch.Take("DRAIN", "[thrd:main]: Beginning partition drain in state Assigned for PID{Id:1,Epoch:0} epoch bump").ShouldBeFalse();
        _watch.Take("DRAIN", Retry).ShouldBeFalse(); // the batch that was out of order: it is not stored
        _watch.IsRetrying.ShouldBeFalse();
        _watch.Take("ERRSEQ", OutOfOrder).ShouldBeFalse();
    }

    [Fact]
    public void Take_AnotherPartitionIsSentAgainMeanwhile_MustNot()
    {
        _watch.Take("ERRSEQ", OutOfOrder).ShouldBeFalse();
        _watch.Take("DRAIN", Retry.Replace("ad.click [0]", "ad.click [10]", StringComparison.Ordinal)).ShouldBeFalse();
        _watch.Take("ERRSEQ", OutOfOrder).ShouldBeTrue();
    }

    [Fact]
    public void Take_RetryAfterTheNewEpochHasBegun_IsOne()
    {
        _watch.Take("ERRSEQ", OutOfOrder).ShouldBeFalse();
        _watch.Take("NEWPID", "[thrd:127.0.0.1:9092/1]: ad.click [0] changed PID{Id:1,Epoch:0} -> PID{Id:1,Epoch:1} with base MsgId 3").ShouldBeFalse();
        _watch.Take("DRAIN", Retry).ShouldBeFalse();
        _watch.IsRetrying.ShouldBeTrue();
    }

    [Fact]
    public void Forget_EverythingBeforeTheRetryIsFinished_EndsIt()
    {
        _watch.Take("DRAIN", Retry);
        _watch.Forget(_time.NowMs);
        _watch.IsRetrying.ShouldBeTrue("what was appended in the same millisecond may be waiting");
        _watch.Forget(_time.NowMs + 1);
        _watch.IsRetrying.ShouldBeFalse();
    }
}
