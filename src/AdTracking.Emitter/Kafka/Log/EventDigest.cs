using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>What an event is recognised by in Kafka's log: the first 128 bits of SHA-256 over topic (one byte), the key's length (four
/// bytes, little-endian), key, value. Senders choose most of these bytes, so nothing weaker would do: who could make two events with one
/// digest could have one struck out for the other.</summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The next eight.</param>
internal readonly record struct EventDigest(ulong High, ulong Low)
{
    private const int PrefixBytes = 1 + sizeof(int);

    // Beyond every usual event; larger ones rent.
    private const int StackBytes = 2_048;

    /// <summary>The digest of an event, whose value includes the Confluent frame.</summary>
    [SkipLocalsInit]
    public static EventDigest Of(EventTopic topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // One call over one span costs half of an incremental hash; the copy is nothing beside it.
        var length = PrefixBytes + key.Length + value.Length;
        if (length <= StackBytes)
        {
            return Of(topic, key, value, stackalloc byte[StackBytes]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        var digest = Of(topic, key, value, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return digest;
    }

    private static EventDigest Of(EventTopic topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, Span<byte> buffer)
    {
        buffer[0] = (byte)topic;
        BinaryPrimitives.WriteInt32LittleEndian(buffer[1..], key.Length);
        key.CopyTo(buffer[PrefixBytes..]);
        value.CopyTo(buffer[(PrefixBytes + key.Length)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..(PrefixBytes + key.Length + value.Length)], hash);
        return new EventDigest(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }
}
