using System.Net;
using System.Net.Sockets;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Kafka.Connections;
using AdTracking.Queue;
using AdTracking.Testing;
using Confluent.Kafka;

namespace AdTracking.Kafka.Tests;

/// <summary>The real reader on the embedded Kafka, which knows neither times nor topic ids.</summary>
public sealed class KafkaLogEmbeddedTests
{
    private static readonly TopicNames Topics = new();

    [Theory]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public void Read_SeveralWritersAndCompressions_ReadsEveryRecordOnceInOrder(ProducerKind kind)
    {
        using var kafka = EmbeddedKafka.Start(Topics, 3);
        using var bench = new LogHarness(kafka.BootstrapServers, kind: kind);
        CompressionType[] kinds = [CompressionType.None, CompressionType.Gzip, CompressionType.Snappy, CompressionType.Lz4, CompressionType.Zstd];
        for (var i = 0; i < kinds.Length; i++)
        {
            bench.Write(1, i * 700, 700, kinds[i]);
        }

        var end = bench.End(LogHarness.Click(1));
        end.ShouldBe(3_500);
        bench.ReadTo(LogHarness.Click(1), 0, end, bite: 1_000).ShouldBe(Enumerable.Range(0, 3_500).Select(LogHarness.Digest));
        bench.ReadTo(LogHarness.Click(1), 1_234, end, bite: 7).ShouldBe(Enumerable.Range(1_234, 3_500 - 1_234).Select(LogHarness.Digest));
        bench.Log.ClusterId.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public void Read_AtTheEnd_ReadsNothingAndThenWhatCame(ProducerKind kind)
    {
        using var kafka = EmbeddedKafka.Start(Topics, 1);
        using var bench = new LogHarness(kafka.BootstrapServers, kind: kind);
        bench.Write(0, 0, 10);
        var digests = new EventDigest[100];
        bench.Log.Seek(LogHarness.Click(0), 10);
        bench.Log.Read(digests, 5_000).ShouldBe(new LogRead(0, 10, LogReadStatus.Ok));
        bench.Log.Read(digests, 1_000).ShouldBe(new LogRead(0, 10, LogReadStatus.Ok));
        bench.Write(0, 10, 5);
        bench.Log.Read(digests, 5_000).ShouldBe(new LogRead(5, 15, LogReadStatus.Ok));
        digests[..5].ShouldBe(Enumerable.Range(10, 5).Select(LogHarness.Digest));
    }

    [Theory]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public void List_UnknownPartitionsAmongKnownOnes_AreMinusOneAndTheOthersAreListed(ProducerKind kind)
    {
        using var kafka = EmbeddedKafka.Start(Topics, 2);
        using var bench = new LogHarness(kafka.BootstrapServers, kind: kind);
        bench.Write(0, 0, 3);
        bench.Write(1, 0, 4);
        LogPartition[] partitions = [LogHarness.Click(0), LogHarness.Click(7), LogHarness.Click(1), new(EventTopic.Bad, 0)];
        var offsets = new long[4];
        bench.Log.ListEnds(partitions, offsets, LogHarness.TimeoutMs);
        offsets.ShouldBe([3, -1, 4, 0]);
        bench.Log.ListStarts(partitions, offsets, LogHarness.TimeoutMs);
        offsets.ShouldBe([0, -1, 0, 0]);
        bench.Log.Seek(LogHarness.Click(7), 0);
        bench.Log.Read(new EventDigest[10], 300).ShouldBe(new LogRead(0, 0, LogReadStatus.TryAgain));
    }

    [Theory]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public void ListAtTime_BrokerThatCannotLookTimesUp_IsTheStart(ProducerKind kind)
    {
        using var kafka = EmbeddedKafka.Start(Topics, 1);
        using var bench = new LogHarness(kafka.BootstrapServers, kind: kind);
        bench.Write(0, 0, 20);
        bench.AtTime(LogHarness.Click(0), 1_000).ShouldBe(0);
        bench.AtTime(LogHarness.Click(0), 4_000_000_000_000).ShouldBe(0);
        bench.AtTime(new LogPartition(EventTopic.Bad, 0), 1_000).ShouldBe(0);
        bench.AtTime(LogHarness.Click(9), 1_000).ShouldBe(-1);
    }

    [Theory]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public void ListAndRead_BrokerAway_SaySoWithinTheLimitAndGoOnWhenItIsBack(ProducerKind kind)
    {
        using var kafka = EmbeddedKafka.Start(Topics, 1);
        using var bench = new LogHarness(kafka.BootstrapServers, kind: kind);
        bench.Write(0, 0, 5);
        bench.End(LogHarness.Click(0)).ShouldBe(5);
        kafka.StopBroker(1);
        LogPartition[] partitions = [LogHarness.Click(0), new(EventTopic.Impression, 0), new(EventTopic.Bad, 0)];
        var offsets = new long[3];
        var since = Environment.TickCount64;
        bench.Log.ListEnds(partitions, offsets, 500);
        bench.Log.Seek(LogHarness.Click(0), 0);
        var read = bench.Log.Read(new EventDigest[10], 500);
        bench.Log.TopicId(EventTopic.Click, 300).ShouldBe(Guid.Empty);
        (Environment.TickCount64 - since).ShouldBeLessThan(10_000);
        offsets.ShouldBe([-1, -1, -1]);
        read.ShouldBe(new LogRead(0, 0, LogReadStatus.TryAgain));
        kafka.StartBroker(1);
        var digests = new EventDigest[10];
        var count = 0; // a read returns what has come, which may be a part
        for (var i = 0; i < 100 && count < 5; i++)
        {
            count += bench.Log.Read(digests, 200).Count;
        }

        count.ShouldBe(5);
    }

    [Fact]
    public void List_FirstServerNeverAnswers_TheNextOneIsAsked()
    {
        using var kafka = EmbeddedKafka.Start(Topics, 1);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var first = new ServerAddress("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port);
        using var log = new AdTrackingLog([first, .. ServerAddress.ParseList(kafka.BootstrapServers)], new ConnectionSettings(), Topics);
        Span<long> ends = stackalloc long[1];

        log.ListEnds([LogHarness.Click(0)], ends, 2_000);

        ends[0].ShouldBe(0);
    }

    [Theory]
    [InlineData(ProducerKind.AdTracking)]
    [InlineData(ProducerKind.Librdkafka)]
    public void List_NobodyThere_IsMinusOneWithinTheLimit(ProducerKind kind)
    {
        using var bench = new LogHarness($"127.0.0.1:{FreePorts.Take()}", kind: kind);
        var offsets = new long[2];
        var since = Environment.TickCount64;
        bench.Log.ListEnds([LogHarness.Click(0), LogHarness.Click(1)], offsets, 300);
        bench.Log.ListAtTime([LogHarness.Click(0), LogHarness.Click(1)], 5, offsets, 300);
        (Environment.TickCount64 - since).ShouldBeLessThan(10_000);
        offsets.ShouldBe([-1, -1]);
        bench.Log.ClusterId.ShouldBeNull();
    }

    [Fact]
    public void KafkaLog_SettingThatLibrdkafkaDoesNotKnow_IsRefused()
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["no.such.property"] = "1" };
        Should.Throw<KafkaConfigurationException>(() => new KafkaLog("127.0.0.1:1", properties, Topics));
    }

    [Fact]
    public void KafkaLog_TheProducersOwnProperties_AreTaken()
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["acks"] = "all",
            ["compression.type"] = "zstd",
            ["batch.num.messages"] = "100",
            ["max.in.flight"] = "1",
            ["message.max.bytes"] = "5000000",
        };
        new KafkaLog("127.0.0.1:1", properties, Topics).Dispose();
    }
}
