
namespace AdTracking.Queue.Memory;

/// <summary>The registry's id of every topic's value schema. Immutable: a new resolution is a new table.</summary>
public sealed class SchemaIdTable
{
    /// <summary>Stands for an id that is not known.</summary>
    public const int Unknown = -1;

    private readonly int[] _ids;

    /// <summary>A table of ids in the order of <see cref="EventTopic"/>; <see cref="Unknown"/> where there is none.</summary>
    public SchemaIdTable(ReadOnlySpan<int> ids)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ids.Length, EventTopics.Count, nameof(ids));
        _ids = ids.ToArray();
    }

    /// <summary>The id of a topic, or <see cref="Unknown"/>.</summary>
    public int this[EventTopic topic] => _ids[(int)topic];

    internal int this[int topic] => _ids[topic];

    /// <summary>The same ids, with one of them set.</summary>
    public SchemaIdTable With(EventTopic topic, int id)
    {
        int[] ids = [.. _ids];
        ids[(int)topic] = id;
        return new SchemaIdTable(ids);
    }

    /// <summary>A table in which nothing is known.</summary>
    public static SchemaIdTable None { get; } = new([Unknown, Unknown, Unknown, Unknown, Unknown, Unknown]);
}
