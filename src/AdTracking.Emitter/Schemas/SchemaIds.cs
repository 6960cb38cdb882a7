using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Schemas;

/// <summary>Where the pipeline gets schema ids from: known beforehand, or resolved while it starts and again until that succeeds. Nothing
/// on the path of an event ever asks a registry.</summary>
public sealed class SchemaIds
{
    private readonly Func<SchemaIdTable, CancellationToken, Task<SchemaIdLookup>>? _resolve;
    private SchemaIdTable _table;

    internal SchemaIds(
        IReadOnlyCollection<EventTopic> topics, SchemaIdTable table, Func<SchemaIdTable, CancellationToken, Task<SchemaIdLookup>>? resolve)
    {
        Topics = topics;
        _table = table;
        _resolve = resolve;
    }

    /// <summary>The topics that ids are for, and so those that are written to: the pipeline needs these in Kafka and no others.</summary>
    public IReadOnlyCollection<EventTopic> Topics { get; }

    /// <summary>What is known now.</summary>
    public SchemaIdTable Current => Volatile.Read(ref _table);

    /// <summary>Ids that are known beforehand. What has none is not written.</summary>
    public static SchemaIds Fixed(SchemaIdTable table) =>
        new([.. EventTopics.Written.Where(topic => table[topic] != SchemaIdTable.Unknown)], table, null);

    /// <summary>Tries to find the ids that are missing. Returns the problems that are left; none when everything is known.</summary>
    internal async Task<SchemaIdLookup> ResolveAsync(CancellationToken cancellation)
    {
        if (_resolve is null)
        {
            return new SchemaIdLookup(Current, []);
        }

        var resolution = await _resolve(Current, cancellation);
        Volatile.Write(ref _table, resolution.Ids);
        return resolution;
    }
}
