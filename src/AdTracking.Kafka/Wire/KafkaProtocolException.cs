namespace AdTracking.Kafka.Wire;

/// <summary>Bytes that came from a broker are not what the protocol says. The connection that brought them cannot be used any further.</summary>
public sealed class KafkaProtocolException : Exception
{
    /// <summary>Makes one without a text.</summary>
    public KafkaProtocolException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    public KafkaProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong, and what was noticed first.</summary>
    public KafkaProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
