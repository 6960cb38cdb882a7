using Confluent.Kafka;

namespace AdTracking.Serdes;

/// <summary>How serialisers and deserialisers find schemas. Immutable.</summary>
public sealed record SerdesOptions
{
    /// <summary>The defaults.</summary>
    public static SerdesOptions Default { get; } = new();

    /// <summary>True registers a schema that the registry has not; false, the default, looks up and fails: a release registers, not a client.</summary>
    public bool AutoRegister { get; init; }

    /// <summary>Schemas of others that a deserialiser keeps. 1,000: a topic seldom has more than a few dozen versions.</summary>
    public int SchemasMax { get; init; } = 1000;

    /// <summary>Bytes of one message. 16 MiB, beyond which a serialiser gives up.</summary>
    public int MessageBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>The registry's subject of a topic's keys or values: <c>topic-key</c>, <c>topic-value</c>, as Confluent's TopicNameStrategy has it.</summary>
    public Func<SerializationContext, string> Subject { get; init; } = static context =>
        $"{context.Topic}-{(context.Component == MessageComponentType.Key ? "key" : "value")}";
}
