using System.Net;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.SchemaRegistry;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

public sealed class SchemaIdsTests : IDisposable
{
    private static readonly TopicNames Topics = new();
    private static readonly IReadOnlyList<SchemaSource> Schemas =
    [
        SchemaSource.For(EventTopic.Impression, Topics, """{"type":"record","name":"A","fields":[]}"""),
        SchemaSource.For(EventTopic.Click, Topics, """{"type":"record","name":"B","fields":[]}"""),
    ];

    private readonly TemporaryDirectory _directory = new("schema-ids");
    private readonly FakeRegistry _registry = new();
    private readonly List<string> _log = [];

    [Fact]
    public async Task ResolveAsync_SchemasAreThere_IdsAreKnownAndNotAskedForAgain()
    {
        var impression = _registry.Register("ad.impression-value", Schemas[0].Text);
        var click = _registry.Register("ad.click-value", Schemas[1].Text);
        var ids = Create();
        (await ids.ResolveAsync(default)).Problems.ShouldBeEmpty();
        ids.Current[EventTopic.Impression].ShouldBe(impression);
        ids.Current[EventTopic.Click].ShouldBe(click);
        ids.Current[EventTopic.Bad].ShouldBe(SchemaIdTable.Unknown);
        var requests = _registry.Requests;
        (await ids.ResolveAsync(default)).Problems.ShouldBeEmpty();
        _registry.Requests.ShouldBe(requests);
    }

    [Fact]
    public async Task ResolveAsync_OtherTextUnderTheSubject_IsAProblemAndNothingIsRegistered()
    {
        _registry.Register("ad.impression-value", """{"type":"record","name":"A","fields":[],"doc":"other"}""");
        var resolution = await Create().ResolveAsync(default);
        resolution.Problems.Count.ShouldBe(2);
        resolution.Problems[0].ShouldContain("ad.impression-value");
        (await Create().ResolveAsync(default)).Problems.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ResolveAsync_VersionThatBreaksReadersOfAnEarlierOne_IsRefusedAndLaterOnesAreNotLookedAt()
    {
        _registry.Register("ad.click-value", Schemas[1].Text);
        _registry.Register("ad.click-value", """{"type":"record","name":"B","fields":[{"name":"new","type":"int"}]}""");
        _registry.Register("ad.impression-value", """{"type":"record","name":"A","fields":[{"name":"old","type":"int"}]}""");
        _registry.Register("ad.impression-value", Schemas[0].Text);
        var ids = Create();

        var resolution = await ids.ResolveAsync(default);

        resolution.Problems.ShouldHaveSingleItem()
            .ShouldStartWith("Version 2 of ad.impression-value breaks readers of version 1: READER_FIELD_MISSING_DEFAULT_VALUE");
        ids.Current[EventTopic.Impression].ShouldBe(SchemaIdTable.Unknown);
        ids.Current[EventTopic.Click].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ResolveAsync_AutoRegister_RegistersWhatIsMissing()
    {
        var ids = Create(autoRegister: true);
        (await ids.ResolveAsync(default)).Problems.ShouldBeEmpty();
        ids.Current[EventTopic.Click].ShouldBeGreaterThan(0);
        _log.Count(line => line.Contains("Registered", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task ResolveAsync_RegistryDownAndCached_TakesTheCachedIds()
    {
        (await Create(autoRegister: true).ResolveAsync(default)).Problems.ShouldBeEmpty();
        _registry.Down = true;
        var ids = Create();
        (await ids.ResolveAsync(default)).Problems.ShouldBeEmpty();
        ids.Current[EventTopic.Impression].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ResolveAsync_RegistryDown_CacheOfAnotherRegistryOrTextIsNotTaken()
    {
        (await Create(autoRegister: true).ResolveAsync(default)).Problems.ShouldBeEmpty();
        _registry.Down = true;
        (await Create(key: "http://elsewhere:8081").ResolveAsync(default)).Problems.Count.ShouldBe(2);
        var changed = Schemas[0] with { Text = Schemas[0].Text + " " };
        (await Create(schemas: [changed]).ResolveAsync(default)).Problems.ShouldHaveSingleItem().ShouldContain("not cached");
    }

    [Fact]
    public async Task ResolveAsync_RegistryDownWithoutCache_IsAProblemUntilItAnswers()
    {
        _registry.Down = true;
        var ids = Create(autoRegister: true);
        (await ids.ResolveAsync(default)).Problems.Count.ShouldBe(2);
        ids.Current[EventTopic.Impression].ShouldBe(SchemaIdTable.Unknown);
        _registry.Down = false;
        (await ids.ResolveAsync(default)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ResolveAsync_RegistryRefuses_CacheDoesNotStandIn()
    {
        (await Create(autoRegister: true).ResolveAsync(default)).Problems.ShouldBeEmpty();
        _registry.Refuses = HttpStatusCode.Unauthorized;
        var resolution = await Create().ResolveAsync(default);
        resolution.Problems.Count.ShouldBe(2);
        resolution.Problems[0].ShouldContain("refuses");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[{\"registry\":\"r\"")]
    [InlineData("null")]
    public async Task ResolveAsync_CacheIsDamaged_IsMadeAnew(string content)
    {
        await File.WriteAllTextAsync(CachePath, content);
        (await Create(autoRegister: true).ResolveAsync(default)).Problems.ShouldBeEmpty();
        _registry.Down = true;
        (await Create().ResolveAsync(default)).Problems.ShouldBeEmpty();
        Directory.GetFiles(_directory.FullPath).ShouldHaveSingleItem("nothing half-written is left");
    }

    public void Dispose()
    {
        _registry.Dispose();
        _directory.Dispose();
    }

    private string CachePath => _directory.PathOf("schema-ids.json");

    private SchemaIds Create(bool autoRegister = false, string key = "http://registry:8081", IReadOnlyList<SchemaSource>? schemas = null)
    {
        var client = new SchemaRegistryClient(_registry.Client(), new SchemaRegistryOptions { BaseAddress = new Uri("http://registry:8081") });
        return RegistrySchemaIds.Create(client, new RegistrySchemaIdsOptions
        {
            Schemas = schemas ?? Schemas,
            RegistryKey = key,
            AutoRegister = autoRegister,
            CachePath = CachePath,
            Logger = new TextLogger(_log.Add),
        });
    }
}
