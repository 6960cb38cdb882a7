using System.Collections.Concurrent;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaRegistry;

namespace AdTracking.Serdes;

/// <summary>What is known of schema ids that messages arrived with. Ids never change their meaning, so an answer is kept; there are at most
/// so many, after which the oldest is asked for again. "Not found" is not kept: the id may be younger than the registry's
/// replica.</summary>
internal sealed class WriterSchemas<T>(SchemaRegistryClient registry, int schemasMax, Func<AvroSchema, T> make)
{
    private readonly ConcurrentDictionary<int, T> _known = new();
    private readonly ConcurrentQueue<int> _order = new();

    /// <summary>What was made of the schema, where it is known already.</summary>
    public bool TryGet(int id, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T known) => _known.TryGetValue(id, out known);

    /// <summary>What was made of the schema; asks the registry the first time.</summary>
    public async ValueTask<T> GetAsync(int id, CancellationToken cancellation = default)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        var parsed = await RegistrySchemas.ParseAsync(registry, id, cancellation).ConfigureAwait(false)
            ?? throw new SchemaRegistryException($"The registry has no schema {id}.");
        var made = make(parsed.Schema ?? throw new InvalidDataException($"Schema {id} of the registry is not valid: {parsed.Problems[0]}"));
        if (_known.TryAdd(id, made))
        {
            Remember(id);
        }

        return made;
    }

    private void Remember(int id)
    {
        _order.Enqueue(id);
        while (_known.Count > schemasMax && _order.TryDequeue(out var oldest))
        {
            _known.TryRemove(oldest, out _);
        }
    }
}
