using System.Net;
using AdTracking.Avro.Compatibility;
using AdTracking.SchemaRegistry;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.EmbeddedRegistry.Tests;

public sealed class EmbeddedRegistryServerTests : IAsyncLifetime
{
    private const string First = """{"type":"record","name":"A","fields":[{"name":"x","type":"int","adt.query":"ä"}]}""";
    private const string Second = """{"type":"record","name":"A","fields":[{"name":"y","type":"long","default":1}]}""";

    private readonly TemporaryDirectory _directory = new("registry");
    private readonly HttpClient _http = new();
    private EmbeddedRegistryServer _registry = null!;

    private SchemaRegistryClient Client => new(_http, new SchemaRegistryOptions { BaseAddress = new Uri(_registry.Address) });

    public async ValueTask InitializeAsync() => _registry = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _http.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Register_SameSchema_KeepsItsId()
    {
        var first = await Client.RegisterAsync("a-value", First);
        var second = await Client.RegisterAsync("a-value", Second);

        (await Client.RegisterAsync("a-value", First)).ShouldBe(first);
        (await Client.RegisterAsync("b-value", "  " + First.Replace(",", " ,\n", StringComparison.Ordinal))).ShouldBe(first);
        second.ShouldBe(first + 1);
        (await Client.GetSubjectsAsync()).ShouldBe(["a-value", "b-value"]);
        (await Client.GetVersionsAsync("a-value")).ShouldBe([1, 2]);
        (await Client.GetSchemaAsync(second)).ShouldBe(Second);
        (await Client.LookUpAsync("a-value", Second)).ShouldBe(new RegisteredSchema("a-value", 2, second, Second, null));
        (await Client.GetVersionAsync("a-value"))!.Version.ShouldBe(2);
        (await Client.GetVersionAsync("a-value", 1))!.Schema.ShouldBe(First);
    }

    [Fact]
    public async Task Restart_SameDirectory_KeepsIdsAndVersions()
    {
        var first = await Client.RegisterAsync("a-value", First);
        var second = await Client.RegisterAsync("a-value", Second);
        await _registry.DisposeAsync();
        _registry = await StartAsync();

        (await Client.GetSchemaAsync(first)).ShouldBe(First);
        (await Client.GetVersionsAsync("a-value")).ShouldBe([1, 2]);
        (await Client.RegisterAsync("c-value", "\"string\"")).ShouldBe(second + 1);
    }

    [Theory]
    [InlineData("/", "{}")]
    [InlineData("/schemas/types", """["AVRO"]""")]
    [InlineData("/schemas/ids/1", """{"schema":"\"string\""}""")]
    [InlineData("/schemas/ids/1/schema", "\"string\"")]
    [InlineData("/schemas/ids/1/versions", """[{"subject":"a/b","version":1}]""")]
    [InlineData("/schemas/ids/1/subjects", """["a/b"]""")]
    [InlineData("/subjects/a%2Fb/versions", "[1]")]
    [InlineData("/subjects/a%2Fb/versions/latest/schema", "\"string\"")]
    [InlineData("/subjects/a%2Fb/versions/1/referencedby", "[]")]
    [InlineData("/config", """{"compatibilityLevel":"BACKWARD"}""")]
    [InlineData("/config/a%2Fb?defaultToGlobal=true", """{"compatibilityLevel":"BACKWARD"}""")]
    [InlineData("/mode", """{"mode":"READWRITE"}""")]
    [InlineData("/mode/a?defaultToGlobal=true", """{"mode":"READWRITE"}""")]
    [InlineData("/apis/registry/v2/ids/contentIds/1", "\"string\"")]
    [InlineData("/apis/registry/v2/ids/contentIds/1/references", "[]")]
    public async Task Get_KnownThing_AnswersInConfluentsForm(string path, string expected)
    {
        await Client.RegisterAsync("a/b", "\"string\"");

        using var answer = await _http.GetAsync(_registry.Address + path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.schemaregistry.v1+json");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Start_FileOfTheFirstFormat_IsRead()
    {
        using var directory = new TemporaryDirectory("registry");
        File.WriteAllText(
            directory.PathOf("schemas.json"),
            """{"format":1,"nextId":9,"schemas":[{"id":4,"text":"\"string\""},{"id":8,"text":"\"int\""}],"subjects":{"a":[8,4],"b":[4]}}""");

        await using var registry = await EmbeddedRegistryServer.StartAsync(directory.FullPath, 0, NullLoggerFactory.Instance);
        var client = new SchemaRegistryClient(_http, new SchemaRegistryOptions { BaseAddress = new Uri(registry.Address) });

        (await client.GetVersionsAsync("a")).ShouldBe([1, 2]);
        (await client.GetVersionAsync("b"))!.Id.ShouldBe(4);
        (await client.RegisterAsync("c", "\"long\"")).ShouldBe(9);
    }

    [Fact]
    public async Task Restart_SettingsAndDeletes_AreKept()
    {
        await Client.RegisterAsync("a", First);
        await Client.SetCompatibilityAsync("a", CompatibilityLevel.FullTransitive);
        await Client.SetCompatibilityAsync(null, CompatibilityLevel.None);
        await Client.RegisterAsync("b", First);
        (await _http.DeleteAsync(_registry.Address + "/subjects/b")).EnsureSuccessStatusCode().Dispose();
        await _registry.DisposeAsync();
        _registry = await StartAsync();

        (await Client.GetCompatibilityAsync("a")).ShouldBe(CompatibilityLevel.FullTransitive);
        (await Client.GetCompatibilityAsync(null)).ShouldBe(CompatibilityLevel.None);
        (await Client.GetSubjectsAsync()).ShouldBe(["a"]);
        (await Client.RegisterAsync("b", First)).ShouldBe(1);
        (await Client.GetVersionsAsync("b")).ShouldBe([2], "a version is not used again");
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/octet-stream", 200)]
    public async Task Post_MediaType_IsLookedAt(string mediaType, int status)
    {
        using var content = new StringContent("""{"schema":"\"int\""}""");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, _registry.Address + "/subjects/s/versions") { Content = content };
        request.Headers.Accept.ParseAdd("application/json");

        using var answer = await _http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task Register_Normalize_FormsOfOneSchemaAreOne()
    {
        var one = new SubmittedSchema("""{"name":"R","namespace":"a","type":"record","fields":[]}""") { IsNormalized = true };
        var other = new SubmittedSchema("""{"type":"record","fields":[],"name":"a.R"}""") { IsNormalized = true };

        (await Client.RegisterAsync("t", other)).ShouldBe(await Client.RegisterAsync("s", one));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":3,\"nextId\":1,\"schemas\":[],\"subjects\":{}}")]
    public async Task Start_FileThatCannotBeRead_IsRefusedAndLeftAlone(string content)
    {
        using var directory = new TemporaryDirectory("registry");
        File.WriteAllText(directory.PathOf("schemas.json"), content);

        var refusal = await Should.ThrowAsync<InvalidDataException>(() => EmbeddedRegistryServer.StartAsync(directory.FullPath, 0, NullLoggerFactory.Instance));

        refusal.Message.ShouldContain("schemas.json");
        File.ReadAllText(directory.PathOf("schemas.json")).ShouldBe(content);
    }

    [Fact]
    public async Task Start_DirectoryThatIsAFile_IsRefused()
    {
        using var directory = new TemporaryDirectory("registry");
        File.WriteAllText(directory.PathOf("file"), "");

        await Should.ThrowAsync<InvalidDataException>(() => EmbeddedRegistryServer.StartAsync(directory.PathOf("file"), 0, NullLoggerFactory.Instance));
    }

    [Fact]
    public async Task Start_PortOfAnother_IsRefused()
    {
        using var directory = new TemporaryDirectory("registry");
        var port = new Uri(_registry.Address).Port;

        var refusal = await Should.ThrowAsync<IOException>(() => EmbeddedRegistryServer.StartAsync(directory.FullPath, port, NullLoggerFactory.Instance));

        refusal.Message.ShouldContain($"{port}");
    }

    private Task<EmbeddedRegistryServer> StartAsync() =>
        EmbeddedRegistryServer.StartAsync(_directory.FullPath, 0, NullLoggerFactory.Instance);
}
