using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Asks a leader for the record batches of one partition, without a session (KIP-227), whether they are committed or not.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="TopicId">Its id, which takes the place of its name from version 13 on.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Where to begin. The first batch may begin below.</param>
/// <param name="WaitMs">How long the broker waits while there is nothing.</param>
/// <param name="BytesMax">When to stop; the first batch comes whole, however large it is.</param>
internal readonly record struct FetchRequest(string Topic, Guid TopicId, int Partition, long Offset, int WaitMs, int BytesMax)
{
    private const int Nobody = -1; // not a broker's own replica

    /// <summary>Writes the body.</summary>
    public void Write(KafkaWriter writer, short version)
    {
        if (version < 15)
        {
            writer.WriteInt32(Nobody);
        }

        writer.WriteInt32(WaitMs);
        writer.WriteInt32(1); // bytes to wait for
        writer.WriteInt32(BytesMax);
        writer.WriteInt8(0); // reads what is not committed, too
        if (version >= 7)
        {
            writer.WriteInt32(0); // no session,
            writer.WriteInt32(-1); // and none to be begun
        }

        writer.WriteCount(1);
        WriteTopic(writer, version);
        if (version >= 7)
        {
            writer.WriteCount(0); // topics to leave out of the session
        }

        if (version >= 11)
        {
            writer.WriteString(""); // rack
        }

        writer.WriteNoTags();
    }

    private void WriteTopic(KafkaWriter writer, short version)
    {
        if (version >= 13)
        {
            writer.WriteUuid(TopicId);
        }
        else
        {
            writer.WriteString(Topic);
        }

        writer.WriteCount(1);
        writer.WriteInt32(Partition);
        if (version >= 9)
        {
            writer.WriteInt32(-1); // leader's epoch as we know it
        }

        writer.WriteInt64(Offset);
        if (version >= 12)
        {
            writer.WriteInt32(-1); // epoch of the last record read
        }

        if (version >= 5)
        {
            writer.WriteInt64(-1); // start of a replica's log
        }

        writer.WriteInt32(BytesMax);
        writer.WriteNoTags();
        writer.WriteNoTags();
    }
}
