namespace AdTracking.Gateway.Configuration;

/// <summary>What must have happened to an event before its request is answered with success.</summary>
internal enum AckLevel
{
    /// <summary>Acknowledged by Kafka with acks=all.</summary>
    Kafka,
}
