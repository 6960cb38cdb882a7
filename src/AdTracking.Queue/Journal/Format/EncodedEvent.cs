
namespace AdTracking.Queue.Journal.Format;

/// <summary>One event of a group that was read from a file; its bytes stand in the reader's buffer.</summary>
/// <param name="topic">The topic.</param>
/// <param name="bucket">The publisher's bucket.</param>
/// <param name="keyHash">murmur2 of the key.</param>
/// <param name="key">The key.</param>
/// <param name="value">The value, in Confluent framing.</param>
internal readonly ref struct EncodedEvent(EventTopic topic, byte bucket, uint keyHash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    /// <summary>The topic.</summary>
    public EventTopic Topic { get; } = topic;

    /// <summary>The publisher's bucket, by which the ledger counts.</summary>
    public byte Bucket { get; } = bucket;

    /// <summary>murmur2 of the key.</summary>
    public uint KeyHash { get; } = keyHash;

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key { get; } = key;

    /// <summary>The value, in Confluent framing.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;
}
