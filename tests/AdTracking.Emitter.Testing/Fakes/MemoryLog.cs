using System.Text;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>What reached Kafka, in order. Whoever touches records or offsets beside other threads takes the gate.</summary>
internal sealed class MemoryLog
{
    public Lock Gate { get; } = new();

    public List<MemoryRecord> Records { get; } = [];

    public Dictionary<(EventTopic Topic, int Partition), long> Offsets { get; } = [];

    /// <summary>A record's timestamp: the log's, so that a test's clock can stand behind it.</summary>
    public Func<long> NowMs { get; set; } = () => 0;

    /// <summary>Appends a record at its partition's end; the value stands without its frame in the record, with it in the digest.</summary>
    public long Append(EventTopic topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> framed)
    {
        lock (Gate)
        {
            Offsets.TryGetValue((topic, partition), out var offset);
            Offsets[(topic, partition)] = offset + 1;
            var value = Encoding.UTF8.GetString(framed[Math.Min(framed.Length, GroupBuffer.FrameBytes)..]);
            Records.Add(new MemoryRecord(topic, partition, offset, Encoding.UTF8.GetString(key), value)
            {
                Digest = EventDigest.Of(topic, key, framed),
                Bytes = framed.ToArray(),
                UnixMs = NowMs(),
            });
            return offset;
        }
    }
}
