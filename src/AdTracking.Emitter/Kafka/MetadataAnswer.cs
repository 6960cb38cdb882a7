namespace AdTracking.Emitter.Kafka;

/// <summary>What became of one question for metadata.</summary>
/// <param name="Error">One of <see cref="KafkaErrors"/>; <see cref="KafkaErrors.None"/> when Kafka has answered.</param>
/// <param name="Problem">Why nothing could be read; null when Kafka has answered.</param>
internal readonly record struct MetadataAnswer(int Error, string? Problem)
{
    /// <summary>Kafka has answered.</summary>
    public static MetadataAnswer Answered => default;

    /// <summary>Whether the same question may be answered a moment later: no broker was connected, or none has answered in time.</summary>
    public bool IsOpen => Error is KafkaErrors.Transport or KafkaErrors.TimedOut;
}
