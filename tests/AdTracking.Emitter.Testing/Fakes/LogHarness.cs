using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Kafka.Connections;
using AdTracking.Queue;
using Confluent.Kafka;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Writes to a cluster as anybody could, and reads it through either reader of the log.</summary>
internal sealed class LogHarness : IDisposable
{
    public const int TimeoutMs = 20_000;
    private readonly TopicNames _names;
    private readonly string _bootstrapServers;

    public LogHarness(string bootstrapServers, TopicNames? names = null, ProducerKind kind = ProducerKind.AdTracking)
    {
        _names = names ?? new TopicNames();
        _bootstrapServers = bootstrapServers;
        Log = kind == ProducerKind.AdTracking
            ? new AdTrackingLog(ServerAddress.ParseList(bootstrapServers), new ConnectionSettings(), _names)
            : new KafkaLog(bootstrapServers, new Dictionary<string, string>(StringComparer.Ordinal), _names);
    }

    public IKafkaLog Log { get; }

    public static LogPartition Click(int partition) => new(EventTopic.Click, partition);

    public static byte[] Key(int number) => Encoding.UTF8.GetBytes($"key-{number}");

    public static byte[] Value(int number) => Encoding.UTF8.GetBytes($"value-{number}-" + new string('v', number % 400));

    public static EventDigest Digest(int number) => EventDigest.Of(EventTopic.Click, Key(number), Value(number));

    /// <summary>Records of a range to one partition of the click topic, by another writer.</summary>
    public void Write(int partition, int from, int count, CompressionType compression = CompressionType.None, long? timestampMs = null)
    {
        var config = new ProducerConfig { BootstrapServers = _bootstrapServers, CompressionType = compression, LingerMs = 20 };
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        var failed = 0;
        for (var i = from; i < from + count; i++)
        {
            var message = new Message<byte[], byte[]> { Key = Key(i), Value = Value(i) };
            if (timestampMs is { } ms)
            {
                message.Timestamp = new Timestamp(ms, TimestampType.CreateTime);
            }

            producer.Produce(new TopicPartition(_names.Click, partition), message, report => failed += report.Error.IsError ? 1 : 0);
        }

        producer.Flush(TimeSpan.FromMilliseconds(TimeoutMs));
        failed.ShouldBe(0);
    }

    public long End(LogPartition partition) => One(ends => Log.ListEnds([partition], ends, TimeoutMs));

    public long Start(LogPartition partition) => One(starts => Log.ListStarts([partition], starts, TimeoutMs));

    public long AtTime(LogPartition partition, long unixMs) => One(offsets => Log.ListAtTime([partition], unixMs, offsets, TimeoutMs));

    /// <summary>Reads until the position reaches an end, in bites of so many.</summary>
    public List<EventDigest> ReadTo(LogPartition partition, long from, long end, int bite)
    {
        var digests = new List<EventDigest>();
        var buffer = new EventDigest[bite];
        var position = from;
        Log.Seek(partition, from);
        for (var rounds = 0; position < end; rounds++)
        {
            rounds.ShouldBeLessThan(100_000);
            var read = Log.Read(buffer, 5_000);
            read.Status.ShouldBe(LogReadStatus.Ok);
            digests.AddRange(buffer.AsSpan(0, read.Count));
            read.NextOffset.ShouldBeGreaterThanOrEqualTo(position + read.Count);
            position = read.NextOffset;
        }

        return digests;
    }

    public void Dispose() => Log.Dispose();

    private delegate void Listing(Span<long> offsets);

    private static long One(Listing list)
    {
        Span<long> offsets = stackalloc long[1];
        list(offsets);
        return offsets[0];
    }
}
