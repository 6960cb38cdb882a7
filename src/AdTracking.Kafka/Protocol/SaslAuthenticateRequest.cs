using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>One step of a SASL exchange.</summary>
internal static class SaslAuthenticateRequest
{
    /// <summary>Writes the body.</summary>
    public static void Write(KafkaWriter writer, ReadOnlySpan<byte> token)
    {
        writer.WriteBytes(token);
        writer.WriteNoTags();
    }
}
