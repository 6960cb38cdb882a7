using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Asks for a new id, without transactions.</summary>
internal static class InitProducerIdRequest
{
    /// <summary>Writes the body. The time-out belongs to transactions; 60 s is Kafka's own default.</summary>
    public static void Write(KafkaWriter writer, short version)
    {
        writer.WriteString(null);
        writer.WriteInt32(60_000);
        if (version >= 3)
        {
            writer.WriteInt64(-1);
            writer.WriteInt16(-1);
        }

        writer.WriteNoTags();
    }
}
