using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Asks for the brokers, and for some topics by name. No topic is made by asking for it (versions below 4 leave that to the
/// broker's own settings).</summary>
internal readonly record struct MetadataRequest(IReadOnlyList<string> Topics)
{
    /// <summary>Writes the body.</summary>
    public void Write(KafkaWriter writer, short version)
    {
        writer.WriteCount(Topics.Count);
        foreach (var topic in Topics)
        {
            if (version >= 10)
            {
                writer.WriteUuid(Guid.Empty);
            }

            writer.WriteString(topic);
            writer.WriteNoTags();
        }

        if (version >= 4)
        {
            writer.WriteBoolean(false);
        }

        if (version is >= 8 and <= 10)
        {
            writer.WriteBoolean(false);
        }

        if (version >= 8)
        {
            writer.WriteBoolean(false);
        }

        writer.WriteNoTags();
    }
}
