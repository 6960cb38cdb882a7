using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Asks a broker which versions of which requests it takes. The first request on every connection.</summary>
internal readonly record struct ApiVersionsRequest(string SoftwareName, string SoftwareVersion)
{
    /// <summary>Writes the body.</summary>
    public void Write(KafkaWriter writer, short version)
    {
        if (version >= 3)
        {
            writer.WriteString(SoftwareName);
            writer.WriteString(SoftwareVersion);
        }

        writer.WriteNoTags();
    }
}
