using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AdTracking.Avro.Registry;
using AdTracking.Gateway.Hosting;
using AdTracking.Gateway.Registry;
using AdTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Gateway.Tests.Registry;

public sealed class EmbeddedRegistryTests : IAsyncLifetime, IDisposable
{
    private const string First = """{"type":"record","name":"A","fields":[{"name":"x","type":"int","adt.query":"ä"}]}""";
    private const string Second = """{"type":"record","name":"A","fields":[{"name":"y","type":"long"}]}""";

    private readonly TemporaryDirectory _directory = new("registry");
    private readonly HttpClient _http = new();
    private EmbeddedRegistry _registry = null!;

    private SchemaRegistryClient Client => new(_http, new SchemaRegistryOptions { BaseAddress = new Uri(_registry.Address) });

    public async Task InitializeAsync() => _registry = await StartAsync();

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    public void Dispose()
    {
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
    [InlineData("GET", "/subjects/none/versions", null, 404, 40401)]
    [InlineData("GET", "/subjects/none/versions/1", null, 404, 40401)]
    [InlineData("POST", "/subjects/none", """{"schema":"\"int\""}""", 404, 40401)]
    [InlineData("GET", "/subjects/s/versions/2", null, 404, 40402)]
    [InlineData("GET", "/subjects/s/versions/x", null, 422, 42202)]
    [InlineData("GET", "/subjects/s/versions/0", null, 422, 42202)]
    [InlineData("POST", "/subjects/s", """{"schema":"\"int\""}""", 404, 40403)]
    [InlineData("GET", "/schemas/ids/99", null, 404, 40403)]
    [InlineData("POST", "/subjects/s/versions", """{"schema":"{\"type\":\"record\"}"}""", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", """{"schema":"nonsense"}""", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", """{"schema":"\"int\"","schemaType":"PROTOBUF"}""", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", """{"schema":"\"int\"","references":[{"name":"a"}]}""", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", "[]", 422, 42200)]
    [InlineData("POST", "/subjects/s/versions", "{", 422, 42200)]
    [InlineData("PUT", "/config", """{"compatibility":"BACKWARD"}""", 422, 42203)]
    [InlineData("GET", "/config/s", null, 404, 40408)]
    [InlineData("GET", "/mode/s", null, 404, 40409)]
    [InlineData("POST", "/compatibility/subjects/s/versions/1", "{}", 404, 404)] // not judged, so not answered
    public async Task Request_ThatCannotBe_AnswersConfluentsCode(string method, string path, string? body, int status, int code)
    {
        await Client.RegisterAsync("s", "\"string\"");
        using var request = new HttpRequestMessage(new HttpMethod(method), _registry.Address + path);
        request.Content = body is null ? null : new StringContent(body);

        using var answer = await _http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        var error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        error.GetProperty("error_code").GetInt32().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("/", "{}")]
    [InlineData("/schemas/types", """["AVRO"]""")]
    [InlineData("/schemas/ids/1", """{"schema":"\u0022string\u0022"}""")]
    [InlineData("/schemas/ids/1/schema", "\"string\"")]
    [InlineData("/schemas/ids/1/versions", """[{"subject":"a/b","version":1}]""")]
    [InlineData("/schemas/ids/1/subjects", """["a/b"]""")]
    [InlineData("/subjects/a%2Fb/versions", "[1]")]
    [InlineData("/subjects/a%2Fb/versions/latest/schema", "\"string\"")]
    [InlineData("/subjects/a%2Fb/versions/1/referencedby", "[]")]
    [InlineData("/config", """{"compatibilityLevel":"NONE"}""")]
    [InlineData("/config/a%2Fb?defaultToGlobal=true", """{"compatibilityLevel":"NONE"}""")]
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

    [Theory]
    [InlineData("{")]
    [InlineData("{\"format\":2,\"nextId\":1,\"schemas\":[],\"subjects\":{}}")]
    public async Task Start_FileThatCannotBeRead_IsRefusedAndLeftAlone(string content)
    {
        using var directory = new TemporaryDirectory("registry");
        File.WriteAllText(directory.PathOf("schemas.json"), content);

        var refusal = await Should.ThrowAsync<StartRefusedException>(() =>
            EmbeddedRegistry.StartAsync(directory.FullPath, 0, NullLoggerFactory.Instance, CancellationToken.None));

        refusal.Code.ShouldBe(ExitCode.DataDirectory);
        refusal.Message.ShouldContain("schemas.json");
        File.ReadAllText(directory.PathOf("schemas.json")).ShouldBe(content);
    }

    private Task<EmbeddedRegistry> StartAsync() =>
        EmbeddedRegistry.StartAsync(_directory.FullPath, 0, NullLoggerFactory.Instance, CancellationToken.None);
}
