using System.Buffers.Binary;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Records;

/// <summary>Where the fields of a record batch are, version 2 (magic 2, Kafka 0.11 and later).</summary>
/// <remarks>
/// <code>
/// batch  = base offset int64 (0: the broker sets it), length int32 (of all that follows), leader epoch int32 (-1), magic int8 (2),
///          CRC-32C uint32 (of all that follows), attributes int16 (bits 0-2 compression), last offset delta int32,
///          first timestamp int64, largest timestamp int64, producer id int64, producer epoch int16, base sequence int32,
///          count int32, records (compressed together)
/// record = length varint (of all that follows), attributes int8 (0), timestamp delta varlong, offset delta varint,
///          key length varint or -1 for null, key, value length varint or -1 for null, value, headers (see RecordHeaders)
/// </code>
/// </remarks>
internal static class BatchLayout
{
    /// <summary>The length of what follows it.</summary>
    public const int LengthAt = 8;
    /// <summary>The leader's epoch, which brokers set.</summary>
    public const int LeaderEpochAt = 12;
    /// <summary>The version.</summary>
    public const int MagicAt = 16;
    /// <summary>The check value.</summary>
    public const int CrcAt = 17;
    /// <summary>The attributes: where the check value's range begins.</summary>
    public const int AttributesAt = 21;
    /// <summary>The last record's offset, less the first one's.</summary>
    public const int LastOffsetDeltaAt = 23;
    /// <summary>The first record's timestamp.</summary>
    public const int FirstTimestampAt = 27;
    /// <summary>The largest timestamp.</summary>
    public const int MaxTimestampAt = 35;
    /// <summary>The producer's id.</summary>
    public const int ProducerIdAt = 43;
    /// <summary>The producer's epoch.</summary>
    public const int ProducerEpochAt = 51;
    /// <summary>The first record's sequence number.</summary>
    public const int BaseSequenceAt = 53;
    /// <summary>How many records there are.</summary>
    public const int CountAt = 57;

    /// <summary>Bytes before the records.</summary>
    public const int HeaderBytes = 61;

    /// <summary>The version that is written.</summary>
    public const byte Magic = 2;

    /// <summary>Gives a whole batch another identity: one that was certainly not stored takes the place of one that was refused.</summary>
    public static void Identify(Span<byte> batch, BatchIdentity identity)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch[ProducerIdAt..], identity.ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[ProducerEpochAt..], identity.ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[BaseSequenceAt..], identity.BaseSequence);
        BinaryPrimitives.WriteUInt32BigEndian(batch[CrcAt..], Crc32C.Of(batch[AttributesAt..]));
    }
}
