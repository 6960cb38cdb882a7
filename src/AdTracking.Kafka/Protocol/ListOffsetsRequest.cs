using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Asks a leader for offsets of partitions of one topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partitions">Its partitions.</param>
/// <param name="Timestamp"><see cref="Latest"/>, <see cref="Earliest"/>, or milliseconds since 1970: the first record not older.</param>
internal readonly record struct ListOffsetsRequest(string Topic, IReadOnlyList<int> Partitions, long Timestamp)
{
    /// <summary>The end of the log that readers can see.</summary>
    public const long Latest = -1;

    /// <summary>The start of the log.</summary>
    public const long Earliest = -2;

    /// <summary>Writes the body: as an ordinary consumer that reads what is not committed, too.</summary>
    public void Write(KafkaWriter writer, short version)
    {
        writer.WriteInt32(-1);
        if (version >= 2)
        {
            writer.WriteInt8(0);
        }

        writer.WriteCount(1);
        writer.WriteString(Topic);
        writer.WriteCount(Partitions.Count);
        foreach (var partition in Partitions)
        {
            writer.WriteInt32(partition);
            if (version >= 4)
            {
                writer.WriteInt32(-1);
            }

            writer.WriteInt64(Timestamp);
            writer.WriteNoTags();
        }

        writer.WriteNoTags();
        if (version >= 10)
        {
            writer.WriteInt32(30_000);
        }

        writer.WriteNoTags();
    }
}
