namespace AdTracking.Kafka.Authentication;

/// <summary>A SASL exchange cannot go on. The text contains no credentials.</summary>
public sealed class SaslException : Exception
{
    /// <summary>Makes one without a text.</summary>
    public SaslException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    public SaslException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong, and what was noticed first.</summary>
    public SaslException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
