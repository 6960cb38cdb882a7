using System.Collections.Concurrent;
using System.Reflection;
using Confluent.SchemaRegistry;

namespace AdTracking.Oracles.Tests;

/// <summary>A registry in memory, behind the interface of Confluent's client: as much of it as Confluent's serialisers call.</summary>
public class InMemoryRegistry : DispatchProxy
{
    private const int MaxCachedSchemas = 1000;

    private readonly ConcurrentDictionary<string, int> _ids = [];
    private readonly ConcurrentDictionary<int, Schema> _schemas = [];

    public static ISchemaRegistryClient Create(out InMemoryRegistry registry)
    {
        var client = Create<ISchemaRegistryClient, InMemoryRegistry>();
        registry = (InMemoryRegistry)(object)client;
        return client;
    }

    /// <summary>The id of a schema; a new one for a new text.</summary>
    public int IdOf(string text) => _ids.GetOrAdd(text, static (added, registry) =>
    {
        var id = registry._ids.Count + 1;
        registry._schemas[id] = new Schema(added, SchemaType.Avro);
        return id;
    }, this);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        ("Dispose", _) => null,
        ("get_MaxCachedSchemas", _) => MaxCachedSchemas,
        ("get_Config", _) => Array.Empty<KeyValuePair<string, string>>(),
        ("ConstructValueSubjectName", [string topic, _]) => topic + "-value",
        ("GetAssociationsByResourceNameAsync", _) => Task.FromResult(new List<Association>()), // none: the subject is the topic's
        ("RegisterSchemaAsync" or "GetSchemaIdAsync", [_, string text, _]) => Task.FromResult(IdOf(text)),
        ("RegisterSchemaAsync" or "GetSchemaIdAsync", [_, Schema schema, _]) => Task.FromResult(IdOf(schema.SchemaString)),
        ("RegisterSchemaWithResponseAsync" or "LookupSchemaAsync", [string subject, Schema schema, ..]) => Task.FromResult(
            new RegisteredSchema(subject, 1, IdOf(schema.SchemaString), schema.SchemaString, SchemaType.Avro, [])),
        ("GetSchemaAsync", [int id, _]) => Task.FromResult(_schemas[id]),
        ("GetSchemaBySubjectAndIdAsync", [_, int id, _]) => Task.FromResult(_schemas[id]),
        _ => throw new NotSupportedException($"{targetMethod.Name}({string.Join(", ", args ?? [])}) is not what a serialiser calls."),
    };
}
