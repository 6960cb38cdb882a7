using AdTracking.Queue;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>An event of a sample journal.</summary>
internal sealed record SampleEvent(EventTopic Topic, byte Bucket, byte[] Key, byte[] Value)
{
    /// <summary>murmur2 of the key, as written or as read.</summary>
    public uint KeyHash { get; init; } = Murmur2.Hash(Key);

    public static SampleEvent Random(Random random, int valueBytesMax)
    {
        var key = new byte[random.Next(1, 40)];
        var value = new byte[GroupBuffer.FrameBytes + random.Next(valueBytesMax + 1)];
        random.NextBytes(key);
        random.NextBytes(value);
        return new SampleEvent((EventTopic)random.Next(EventTopics.Count), (byte)random.Next(256), key, value);
    }

    public static SampleEvent Of(EncodedEvent ev) =>
        new(ev.Topic, ev.Bucket, ev.Key.ToArray(), ev.Value.ToArray()) { KeyHash = ev.KeyHash };

    public bool Equals(SampleEvent? other) => other is not null && Topic == other.Topic && Bucket == other.Bucket && KeyHash == other.KeyHash
        && Key.AsSpan().SequenceEqual(other.Key) && Value.AsSpan().SequenceEqual(other.Value);

    public override int GetHashCode() => HashCode.Combine(Topic, Bucket, Key.Length, Value.Length);
}
