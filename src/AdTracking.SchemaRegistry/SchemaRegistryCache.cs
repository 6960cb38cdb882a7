namespace AdTracking.SchemaRegistry;

/// <summary>Caches a registry's answers: schemas by id, which never change, and ids by subject and schema. It is bounded; the least recently used
/// goes first. When many ask for the same at once, one request is made. What the registry does not have is asked for every time: it may
/// be registered later. For consumers and producers, from any thread.</summary>
/// <param name="registry">The registry.</param>
/// <param name="entriesMax">Answers of each kind that are cached. 1,000: a consumer meets some tens of schemas.</param>
public sealed class SchemaRegistryCache(SchemaRegistryClient registry, int entriesMax = 1000)
{
    private readonly SharedAnswers<int, string> _schemas = new(entriesMax);
    private readonly SharedAnswers<(string Subject, string Schema), RegisteredSchema> _lookUps = new(entriesMax);
    private readonly SharedAnswers<(string Subject, string Schema), Registered> _registered = new(entriesMax);

    /// <summary>The text of a schema by its id; null where there is none.</summary>
    public Task<string?> GetSchemaAsync(int id, CancellationToken cancellation = default) =>
        _schemas.GetAsync(id, () => registry.GetSchemaAsync(id, CancellationToken.None), cancellation);

    /// <summary>Looks a schema up under a subject; null where the registry does not have it there.</summary>
    public Task<RegisteredSchema?> LookUpAsync(string subject, string schema, CancellationToken cancellation = default) =>
        _lookUps.GetAsync((subject, schema), () => registry.LookUpAsync(subject, schema, CancellationToken.None), cancellation);

    /// <summary>Registers a schema under a subject, once, and returns its id.</summary>
    public async Task<int> RegisterAsync(string subject, string schema, CancellationToken cancellation = default)
    {
        var id = await _registered.GetAsync(
            (subject, schema), async () => new Registered(await registry.RegisterAsync(subject, schema, CancellationToken.None)), cancellation);
        return id!.Value;
    }

    private sealed record Registered(int Value);
}
