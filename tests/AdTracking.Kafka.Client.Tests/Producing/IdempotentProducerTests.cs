using AdTracking.Kafka.Client.Tests.Broker;
using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>What threads see of a producer. A cluster in memory moves with each poll, on the polling thread.</summary>
public sealed class IdempotentProducerTests : IDisposable
{
    private const int Partitions = 3;
    private readonly MemoryCluster _cluster = new(new Random(1), 1, ["first", "second"], Partitions, newestProduce: 13, newestMetadata: 13);
    private readonly IdempotentProducer _producer;
    private readonly RecordReport[] _reports = new RecordReport[64];
    private readonly byte[] _value = GC.AllocateArray<byte>(12, pinned: true);
    private long _nowMs;

    public IdempotentProducerTests() => _producer = new IdempotentProducer(
        new ProducerOptions { BootstrapServers = [MemoryCluster.AddressOf(0)], Topics = ["first", "second", "absent"] }, _ => _cluster.Open);

    public void Dispose() => _producer.Dispose();

    [Fact]
    public void HandOver_KnownPartition_IsDelivered()
    {
        PollUntil(() => _producer.PartitionCount(0) == Partitions);

        HandOver(1, 2, opaque: 7).ShouldBeTrue();

        RecordReport report = default;
        PollUntil(() => false, read => report = read);
        report.ShouldBe(new RecordReport(7, RecordOutcome.Delivered, 0, KafkaError.None));
        _producer.ClusterId.ShouldNotBeNull();
    }

    [Fact]
    public void HandOver_UnknownPartitionOrTopic_IsNotTaken()
    {
        HandOver(0, 0, opaque: 1).ShouldBeFalse("nothing is known yet");
        PollUntil(() => _producer.PartitionCount(0) == Partitions);

        HandOver(0, Partitions, opaque: 1).ShouldBeFalse();
        HandOver(2, 0, opaque: 1).ShouldBeFalse("the topic is not there");
        _producer.PartitionCount(2).ShouldBe(0);
    }

    [Fact]
    public void Purge_RecordsThatWait_AreReportedAndNothingMoreIsTaken()
    {
        PollUntil(() => _producer.PartitionCount(0) == Partitions);
        HandOver(0, 0, opaque: 1).ShouldBeTrue();
        HandOver(0, 1, opaque: 2).ShouldBeTrue();

        _producer.Purge();

        _producer.Poll(_reports, 1_000).ShouldBe(2);
        _reports.Take(2).Select(report => (report.Opaque, report.Outcome)).ShouldBe([(1ul, RecordOutcome.Returned), (2ul, RecordOutcome.Returned)]);
        HandOver(0, 0, opaque: 3).ShouldBeFalse();
        _producer.FatalReason.ShouldNotBeNull();
        _producer.TryRefreshMetadata(10_000).ShouldBeFalse("it does not wait for what cannot come");
    }

    [Fact]
    public void TryRefreshMetadata_NobodyPolls_EndsInTime()
    {
        _producer.TryRefreshMetadata(20).ShouldBeFalse();
        _producer.IsConnected.ShouldBeFalse();
    }

    [Fact]
    public async Task TryRefreshMetadata_WhilePolled_WaitsForTheAnswer()
    {
        var question = Task.Run(() => _producer.TryRefreshMetadata(60_000), TestContext.Current.CancellationToken);

        PollUntil(() => question.IsCompleted);

        (await question).ShouldBeTrue();
        _producer.PartitionCount(1).ShouldBe(Partitions);
    }

    [Fact]
    public void Wake_BeforeAPoll_MakesItReturn()
    {
        _producer.Wake();

        _producer.Poll(_reports, 600_000).ShouldBe(0);
    }

    // The cluster's clock goes on with each poll.
    private void PollUntil(Func<bool> isDone, Action<RecordReport>? read = null)
    {
        for (var i = 0; i < 100_000 && !isDone(); i++)
        {
            _cluster.Tick(_nowMs += 5);
            if (_producer.Poll(_reports, 0) is > 0 and var count)
            {
                count.ShouldBe(1);
                read.ShouldNotBeNull()(_reports[0]);
                return;
            }
        }

        isDone().ShouldBeTrue(_producer.Failure);
    }

    private unsafe bool HandOver(int topic, int partition, ulong opaque)
    {
        fixed (byte* value = _value) // pinned for its whole life
        {
            return _producer.HandOver(
                topic, partition, [new OutgoingRecord { KeyLength = -1, Value = value, ValueLength = _value.Length, Opaque = opaque }]);
        }
    }
}
