using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Chooses a SASL mechanism.</summary>
internal readonly record struct SaslHandshakeRequest(string Mechanism)
{
    /// <summary>Writes the body.</summary>
    public void Write(KafkaWriter writer) => writer.WriteString(Mechanism);
}
