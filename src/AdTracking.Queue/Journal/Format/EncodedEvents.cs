using System.Buffers.Binary;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Walks the events of a group: u8 topic, u8 bucket, u16 bytes of the key, u32 murmur2 of the key, u32 bytes of the value, key,
/// value, zeros up to a multiple of eight. Lengths that lead outside end the walk with <see cref="IsMalformed"/>.</summary>
/// <param name="events">A group without its header.</param>
internal ref struct EncodedEvents(ReadOnlySpan<byte> events)
{
    private const int KeyBytesAt = 2;
    private const int KeyHashAt = 4;
    private const int ValueBytesAt = 8;
    private ReadOnlySpan<byte> _rest = events;

    /// <summary>The event that the walk stands at.</summary>
    public EncodedEvent Current { readonly get; private set; }

    /// <summary>Whether the walk ended before the bytes did.</summary>
    public bool IsMalformed { readonly get; private set; }

    /// <summary>Bytes of an event, padding included.</summary>
    public static int BytesOf(int keyBytes, int valueBytes) => JournalFormat.Aligned(JournalFormat.EventHeaderBytes + keyBytes + valueBytes);

    /// <summary>Writes the header of an event of a block.</summary>
    public static unsafe void WriteHeader(byte* to, EventHeader* ev)
    {
        to[0] = (byte)ev->Topic;
        to[1] = ev->Bucket;
        *(ushort*)(to + KeyBytesAt) = ev->KeyLength;
        *(uint*)(to + KeyHashAt) = ev->KeyHash;
        *(int*)(to + ValueBytesAt) = ev->ValueLength;
    }

    /// <summary>How many events there are; -1 when the bytes are not events.</summary>
    public static int Count(ReadOnlySpan<byte> events)
    {
        var walk = new EncodedEvents(events);
        var count = 0;
        while (walk.MoveNext())
        {
            count++;
        }

        return walk.IsMalformed ? -1 : count;
    }

    /// <summary>Itself, so that foreach takes it.</summary>
    public readonly EncodedEvents GetEnumerator() => this;

    /// <summary>Goes to the next event.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest.Length < JournalFormat.EventHeaderBytes)
        {
            return Malformed();
        }

        int keyBytes = BinaryPrimitives.ReadUInt16LittleEndian(_rest[KeyBytesAt..]);
        var valueBytes = BinaryPrimitives.ReadUInt32LittleEndian(_rest[ValueBytesAt..]);
        if (_rest[0] >= EventTopics.Count || valueBytes > JournalFormat.GroupBytesMax || BytesOf(keyBytes, (int)valueBytes) > _rest.Length)
        {
            return Malformed();
        }

        Current = new EncodedEvent(
            (EventTopic)_rest[0],
            _rest[1],
            BinaryPrimitives.ReadUInt32LittleEndian(_rest[KeyHashAt..]),
            _rest.Slice(JournalFormat.EventHeaderBytes, keyBytes),
            _rest.Slice(JournalFormat.EventHeaderBytes + keyBytes, (int)valueBytes));
        _rest = _rest[BytesOf(keyBytes, (int)valueBytes)..];
        return true;
    }

    private bool Malformed()
    {
        IsMalformed = true;
        _rest = default;
        return false;
    }
}
