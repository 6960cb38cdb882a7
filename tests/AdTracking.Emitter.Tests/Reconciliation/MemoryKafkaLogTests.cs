using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Tests;

/// <summary>The fake says what the real reader says, on the same records.</summary>
public sealed class MemoryKafkaLogTests : IDisposable
{
    private static readonly LogPartition Partition = new(EventTopic.Click, 0);
    private readonly MemoryLog _records = new();
    private readonly MemoryKafkaLog _log;

    public MemoryKafkaLogTests()
    {
        _log = new MemoryKafkaLog(_records, partitionCount: 1);
        long now = 0;
        _records.NowMs = () => now++;
        for (var i = 0; i < 10; i++)
        {
            _records.Append(EventTopic.Click, 0, LogHarness.Key(i), LogHarness.Value(i));
        }
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Read_ToTheHighWatermark_AndFurtherWhenItMoves()
    {
        _log.Hidden = 4;
        var digests = new EventDigest[4];
        _log.Seek(Partition, 1);
        _log.Read(digests, 0).ShouldBe(new LogRead(4, 5, LogReadStatus.Ok));
        digests.ShouldBe(Enumerable.Range(1, 4).Select(LogHarness.Digest));
        _log.Read(digests, 0).ShouldBe(new LogRead(1, 6, LogReadStatus.Ok));
        _log.Read(digests, 0).ShouldBe(new LogRead(0, 6, LogReadStatus.Ok));
        _log.Hidden = 0;
        _log.Read(digests, 0).ShouldBe(new LogRead(4, 10, LogReadStatus.Ok));
    }

    [Fact]
    public void List_UnknownAwayAndDeleted_AreAsOnTheRealOne()
    {
        var offsets = new long[2];
        LogPartition[] partitions = [Partition, new(EventTopic.Click, 3)];
        _log.ListEnds(partitions, offsets, 0);
        offsets.ShouldBe([10, -1]);
        _log.ListAtTime(partitions, 7, offsets, 0);
        offsets.ShouldBe([7, -1]);
        _log.ListAtTime(partitions, 70, offsets, 0);
        offsets.ShouldBe([10, -1]);
        _log.WithoutTimes = true;
        _log.ListAtTime(partitions, 70, offsets, 0);
        offsets.ShouldBe([0, -1]);
        _log.Starts[Partition] = 3;
        _log.ListStarts(partitions, offsets, 0);
        offsets.ShouldBe([3, -1]);
        _log.Seek(Partition, 1);
        _log.Read(new EventDigest[5], 0).ShouldBe(new LogRead(0, 3, LogReadStatus.OutOfRange));
        _log.Away.Add(Partition);
        _log.Read(new EventDigest[5], 0).ShouldBe(new LogRead(0, 3, LogReadStatus.TryAgain));
    }
}
