using System.Diagnostics;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;
using AdTracking.Testing;
using Confluent.Kafka;

namespace AdTracking.Kafka.Tests;

/// <summary>The real reader on Apache Kafka: times, topic ids, deleted records, and how fast it reads.</summary>
[Collection(RealParts.Name)]
public sealed class KafkaLogRealTests(RealParts parts, ITestOutputHelper output)
{
    [RequiresTheory(Tool.Kafka)]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public async Task KafkaLog_RealBroker_ListsReadsAndNoticesWhatIsGone(ProducerKind kind)
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix($"log.{kind}.");
        await kafka.CreateTopicsAsync(2, [.. topics.All]);
        using var bench = new LogHarness(kafka.BootstrapServers, topics, kind);
        var partition = LogHarness.Click(1);
        await Poll.UntilAsync(() => bench.End(partition) == 0, TimeSpan.FromSeconds(60), () => "a leader of the new partition");
        bench.AtTime(partition, 0).ShouldBe(0, "an empty log");
        var t = 1_700_000_000_000;
        bench.Write(1, 0, 100, CompressionType.Lz4, t);
        bench.Write(1, 100, 100, CompressionType.Zstd, t + 60_000);
        bench.Write(1, 200, 100, CompressionType.None, t - 3_600_000);
        bench.End(partition).ShouldBe(300);
        bench.Start(partition).ShouldBe(0);
        bench.AtTime(partition, t - 1).ShouldBe(0);
        bench.AtTime(partition, t + 1).ShouldBe(100);
        bench.AtTime(partition, t + 60_001).ShouldBe(300);
        bench.AtTime(LogHarness.Click(5), t).ShouldBe(-1);
        bench.ReadTo(partition, 0, 300, bite: 64).ShouldBe(Enumerable.Range(0, 300).Select(LogHarness.Digest));

        var id = bench.Log.TopicId(EventTopic.Click, LogHarness.TimeoutMs);
        id.ShouldNotBe(Guid.Empty);
        bench.Log.TopicId(EventTopic.Click, LogHarness.TimeoutMs).ShouldBe(id);
        bench.Log.TopicId(EventTopic.Impression, LogHarness.TimeoutMs).ShouldNotBe(id);
        bench.Log.ClusterId.ShouldNotBeNullOrEmpty();

        await DeleteBelowAsync(kafka.BootstrapServers, topics.Click, 150);
        bench.Start(partition).ShouldBe(150);
        bench.Log.Seek(partition, 10);
        var digests = new EventDigest[1_000];
        var read = bench.Log.Read(digests, LogHarness.TimeoutMs);
        read.ShouldBe(new LogRead(0, 150, LogReadStatus.OutOfRange));
        bench.ReadTo(partition, 150, 300, bite: 64).Count.ShouldBe(150);
        bench.Log.Seek(partition, 1_000);
        bench.Log.Read(digests, 2_000).ShouldBe(new LogRead(0, 1_000, LogReadStatus.TryAgain), "above the end is nothing final");
    }

    [RequiresTheory(Tool.Kafka)]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public async Task Read_ManyRecords_LeavesNoGarbage(ProducerKind kind)
    {
        var count = Scale.Of(200_000, 1_000_000);
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix($"many.{kind}.");
        await kafka.CreateTopicsAsync(1, topics.Click);
        using var bench = new LogHarness(kafka.BootstrapServers, topics, kind);
        WriteEvents(kafka.BootstrapServers, topics.Click, count);
        var end = bench.End(LogHarness.Click(0));
        end.ShouldBe(count);
        ReadAll(bench.Log, end); // its buffers grow
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        ReadAll(bench.Log, end).ShouldBe(count);

        output.WriteLine($"{count / clock.Elapsed.TotalSeconds:N0} events/s of 300 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(1_000_000);
    }

    private static long ReadAll(IKafkaLog log, long end)
    {
        var digests = new EventDigest[4_096];
        log.Seek(LogHarness.Click(0), 0);
        long position = 0;
        long read = 0;
        while (position < end)
        {
            var bite = log.Read(digests, 5_000);
            bite.Status.ShouldBe(LogReadStatus.Ok);
            read += bite.Count;
            position = bite.NextOffset;
        }

        return read;
    }

    // The broker packs again what its topic wants in another way, with Java's own classes.
    [RequiresTheory(Tool.Kafka)]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("zstd")]
    [InlineData("lz4")]
    public async Task Read_TopicWithACompressionOfItsOwn_ReadsEveryRecord(string compression)
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix($"packed.{compression}.");
        await kafka.CreateTopicsAsync(1, topics.Click);
        await kafka.ConfigureTopicAsync(topics.Click, "compression.type", compression);
        using var bench = new LogHarness(kafka.BootstrapServers, topics);

        bench.Write(0, 0, 3_000, compression == "lz4" ? CompressionType.None : CompressionType.Lz4);

        bench.ReadTo(LogHarness.Click(0), 0, 3_000, bite: 1_000).ShouldBe(Enumerable.Range(0, 3_000).Select(LogHarness.Digest));
    }

    // Batches and compression as the emitter's own.
    private static void WriteEvents(string bootstrapServers, string topic, int count)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            CompressionType = CompressionType.Lz4,
            LingerMs = 20,
            EnableIdempotence = true,
            QueueBufferingMaxMessages = count,
            EnableDeliveryReports = false,
        };
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        var key = new byte[16];
        var value = new byte[284];
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(value.AsSpan(0, 60));
            producer.Produce(new TopicPartition(topic, 0), new Message<byte[], byte[]> { Key = key, Value = value });
        }

        producer.Flush(TimeSpan.FromSeconds(60));
    }

    private static async Task DeleteBelowAsync(string bootstrapServers, string topic, long offset)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 1, offset)]);
    }
}
