using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Connections;

/// <summary>There is no connection to a broker, or none any more. The text contains no credentials.</summary>
public sealed class KafkaConnectionException : Exception
{
    /// <summary>Makes one without a text.</summary>
    public KafkaConnectionException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    public KafkaConnectionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong, and what was noticed first.</summary>
    public KafkaConnectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one with Kafka's code.</summary>
    public KafkaConnectionException(KafkaError error, string message)
        : base(message) => Error = error;

    /// <summary>Kafka's code: <see cref="KafkaError.NetworkException"/> unless a broker said something else.</summary>
    public KafkaError Error { get; } = KafkaError.NetworkException;
}
