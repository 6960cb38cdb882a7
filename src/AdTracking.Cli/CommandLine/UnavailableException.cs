namespace AdTracking.Cli.CommandLine;

/// <summary>Something this program needs to talk to is not there; the message says what and what to do.</summary>
internal sealed class UnavailableException : Exception
{
    /// <summary>An empty one.</summary>
    public UnavailableException()
    {
    }

    /// <summary>With a message for people.</summary>
    public UnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for people and what caused it.</summary>
    public UnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
