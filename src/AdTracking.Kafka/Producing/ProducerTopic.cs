namespace AdTracking.Kafka.Producing;

/// <summary>A topic and what is known of it.</summary>
internal sealed class ProducerTopic(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its id, or empty while it is not known.</summary>
    public Guid Id { get; set; }

    /// <summary>Its partitions, by their numbers. There are never less than before.</summary>
    public List<ProducerPartition> Partitions { get; } = [];
}
