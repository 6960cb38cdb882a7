using AdTracking.Avro.Compatibility;
using AdTracking.SchemaRegistry;
using Confluent.SchemaRegistry;
using Microsoft.Extensions.Logging.Abstractions;
using TheirException = Confluent.SchemaRegistry.SchemaRegistryException;

namespace AdTracking.EmbeddedRegistry.Tests;

/// <summary>The same calls through our registry client and through Confluent's, to one embedded registry: the same answers
/// (docs/decisions/0013).</summary>
public sealed class RegistryClientsTests : IAsyncLifetime
{
    private const string First = """{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]}""";
    private const string Second = """{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"y","type":"long","default":1}]}""";
    private const string Breaking = """{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"z","type":"long"}]}""";

    private readonly TemporaryDirectory _directory = new("clients");
    private readonly HttpClient _http = new();
    private EmbeddedRegistryServer _registry = null!;
    private SchemaRegistryClient _ours = null!;
    private CachedSchemaRegistryClient _theirs = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await EmbeddedRegistryServer.StartAsync(_directory.FullPath, 0, NullLoggerFactory.Instance);
        _ours = new SchemaRegistryClient(_http, new SchemaRegistryOptions { BaseAddress = new Uri(_registry.Address) });
        _theirs = new CachedSchemaRegistryClient(new SchemaRegistryConfig { Url = _registry.Address });
    }

    public async ValueTask DisposeAsync()
    {
        _theirs.Dispose();
        _http.Dispose();
        await _registry.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Register_ByEitherClient_GivesTheSameIds()
    {
        var first = await _ours.RegisterAsync("a-value", First);
        var second = await _theirs.RegisterSchemaAsync("a-value", Their(Second));

        (await _theirs.RegisterSchemaAsync("a-value", Their(First))).ShouldBe(first);
        (await _ours.RegisterAsync("a-value", Second)).ShouldBe(second);
        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task Read_SubjectsVersionsAndSchemas_AreTheSame()
    {
        var first = await _ours.RegisterAsync("a-value", First);
        await _ours.RegisterAsync("a-value", Second);
        await _ours.RegisterAsync("b-value", Second);

        (await _theirs.GetAllSubjectsAsync()).ShouldBe(await _ours.GetSubjectsAsync());
        (await _theirs.GetSubjectVersionsAsync("a-value")).ShouldBe(await _ours.GetVersionsAsync("a-value"));
        (await _theirs.GetSchemaAsync(first)).SchemaString.ShouldBe(await _ours.GetSchemaAsync(first));
        ShouldBeSame(await _theirs.LookupSchemaAsync("a-value", Their(First), ignoreDeletedSchemas: true), await _ours.LookUpAsync("a-value", First));
        ShouldBeSame(await _theirs.GetRegisteredSchemaAsync("a-value", 1), await _ours.GetVersionAsync("a-value", 1));
        ShouldBeSame(await _theirs.GetLatestSchemaAsync("a-value"), await _ours.GetVersionAsync("a-value"));
    }

    [Fact]
    public async Task Compatibility_LevelsAndVerdicts_AreTheSame()
    {
        await _ours.RegisterAsync("a-value", First);
        await _ours.SetCompatibilityAsync("a-value", CompatibilityLevel.FullTransitive);
        (await _theirs.GetCompatibilityAsync("a-value")).ShouldBe(Compatibility.FullTransitive);
        await _theirs.UpdateCompatibilityAsync(Compatibility.Backward, "a-value");
        (await _ours.GetCompatibilityAsync("a-value")).ShouldBe(CompatibilityLevel.Backward);

        foreach (var schema in new[] { First, Second, Breaking })
        {
            var verdict = await _ours.CheckCompatibilityAsync("a-value", schema);

            (await _theirs.IsCompatibleAsync("a-value", Their(schema))).ShouldBe(verdict.IsCompatible, schema);
        }

        // Theirs is told yes or no; the verbs `test` and `register` print these.
        (await _ours.CheckCompatibilityAsync("a-value", Breaking)).Messages.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Missing_SubjectVersionAndSchema_IsAnAnswerOfOursAndAnExceptionOfTheirs()
    {
        await _ours.RegisterAsync("a-value", First);

        (await _ours.GetVersionAsync("none")).ShouldBeNull();
        (await Should.ThrowAsync<TheirException>(() => _theirs.GetLatestSchemaAsync("none"))).ErrorCode.ShouldBe(40401);
        (await _ours.GetVersionAsync("a-value", 9)).ShouldBeNull();
        (await Should.ThrowAsync<TheirException>(() => _theirs.GetRegisteredSchemaAsync("a-value", 9))).ErrorCode.ShouldBe(40402);
        (await _ours.GetSchemaAsync(99)).ShouldBeNull();
        (await Should.ThrowAsync<TheirException>(() => _theirs.GetSchemaAsync(99))).ErrorCode.ShouldBe(40403);
        (await _ours.LookUpAsync("a-value", Second)).ShouldBeNull();
        (await Should.ThrowAsync<TheirException>(() => _theirs.LookupSchemaAsync("a-value", Their(Second), true))).ErrorCode.ShouldBe(40403);
    }

    private static Schema Their(string text) => new(text, SchemaType.Avro);

    private static void ShouldBeSame(Confluent.SchemaRegistry.RegisteredSchema theirs, AdTracking.SchemaRegistry.RegisteredSchema? ours) =>
        (theirs.Subject, theirs.Version, theirs.Id, theirs.SchemaString).ShouldBe((ours!.Subject, ours.Version, ours.Id, ours.Schema));
}
