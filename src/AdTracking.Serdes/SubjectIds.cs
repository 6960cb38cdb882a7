using System.Collections.Concurrent;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Serdes;

/// <summary>The id of one schema under each subject that it is written to. Asked for once; a failure is not kept.</summary>
internal sealed class SubjectIds(SchemaRegistryClient registry, string schema, SerdesOptions options)
{
    private readonly ConcurrentDictionary<(string Topic, MessageComponentType Component), int> _ids = new();

    /// <summary>The id, where it is known already.</summary>
    public bool TryGet(in SerializationContext context, out int id) => _ids.TryGetValue((context.Topic, context.Component), out id);

    /// <summary>The id; asks the registry the first time.</summary>
    public async ValueTask<int> GetAsync(SerializationContext context, CancellationToken cancellation = default)
    {
        if (TryGet(context, out var id))
        {
            return id;
        }

        var subject = options.Subject(context);
        var found = await registry.LookUpAsync(subject, schema, cancellation).ConfigureAwait(false);
        id = found?.Id ?? (options.AutoRegister
            ? await registry.RegisterAsync(subject, schema, cancellation).ConfigureAwait(false)
            : throw new SchemaRegistryException($"The registry has not this schema under {subject}: register it (adtracking-schema register)."));
        return _ids.GetOrAdd((context.Topic, context.Component), id);
    }
}
