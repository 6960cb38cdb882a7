using AdTracking.Emitter.Logging;
using AdTracking.Queue.Memory;
using AdTracking.SchemaRegistry;

namespace AdTracking.Emitter.Schemas;

/// <summary>Finds schema ids by looking the exact schema up in a registry; while the registry does not answer, by what it said the last
/// time. An answer of the registry always counts more than the cache: what it does not have is a problem, whatever was cached.</summary>
public sealed class RegistrySchemaIds
{
    private readonly SchemaRegistryClient _registry;
    private readonly RegistrySchemaIdsOptions _options;
    private readonly SchemaIdCache? _cache;

    private RegistrySchemaIds(SchemaRegistryClient registry, RegistrySchemaIdsOptions options)
    {
        _registry = registry;
        _options = options;
        _cache = options.CachePath is null ? null : new SchemaIdCache(options.CachePath, options.RegistryKey, options.Logger);
    }

    /// <summary>Ids for a pipeline, resolved while it starts and until all are known.</summary>
    public static SchemaIds Create(SchemaRegistryClient registry, RegistrySchemaIdsOptions options)
    {
        var source = new RegistrySchemaIds(registry, options);
        return new SchemaIds([.. options.Schemas.Select(schema => schema.Topic)], SchemaIdTable.None, source.ResolveAsync);
    }

    private async Task<SchemaIdLookup> ResolveAsync(SchemaIdTable known, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var schema in _options.Schemas)
        {
            if (known[schema.Topic] != SchemaIdTable.Unknown)
            {
                continue;
            }

            if (await ResolveAsync(schema, problems, cancellation) is { } id)
            {
                known = known.With(schema.Topic, id);
            }
        }

        return new SchemaIdLookup(known, problems);
    }

    private async Task<int?> ResolveAsync(SchemaSource schema, List<string> problems, CancellationToken cancellation)
    {
        try
        {
            var found = await _registry.LookUpAsync(schema.Subject, schema.Text, cancellation);
            if (found is not null && await EarlierVersions.ProblemAsync(_registry, found, cancellation) is { } breaks)
            {
                problems.Add(breaks);
                return null;
            }

            var id = found?.Id;
            if (id is null && _options.AutoRegister)
            {
                id = await _registry.RegisterAsync(schema.Subject, schema.Text, cancellation);
                EmitterLog.Registered(_options.Logger, schema.Subject, id.Value);
            }

            if (id is { } known)
            {
                _cache?.Put(schema, known);
            }
            else
            {
                problems.Add($"The registry has not this schema of {schema.Subject}: register it (adtracking-schema register).");
            }

            return id;
        }
        catch (SchemaRegistryException failure) when (failure.IsTransient)
        {
            if (_cache?.Find(schema) is { } cached)
            {
                EmitterLog.IdFromCache(_options.Logger, schema.Subject, cached);
                return cached;
            }

            problems.Add($"The registry does not answer and {schema.Subject} is not cached: {failure.Message}");
            return null;
        }
        catch (SchemaRegistryException failure)
        {
            problems.Add($"The registry refuses {schema.Subject}: {failure.Message}");
            return null;
        }
    }
}
