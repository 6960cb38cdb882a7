namespace AdTracking.Emitter.Kafka;

/// <summary>The producer's settings are not usable; lists every problem.</summary>
public sealed class KafkaConfigurationException : Exception
{
    /// <summary>One message for all problems.</summary>
    public KafkaConfigurationException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Problems = problems;
    }

    /// <summary>Each problem, naming the setting.</summary>
    public IReadOnlyList<string> Problems { get; }
}
