using System.Net;
using System.Text.Json;
using AdTracking.Avro.Compatibility;
using Microsoft.Extensions.Time.Testing;

namespace AdTracking.SchemaRegistry.Tests;

public sealed class SchemaRegistryClientTests
{
    private const string Schema = """{"type":"record","name":"R","fields":[]}""";

    [Fact]
    public async Task LookUp_SchemaThere_GivesIdAndVersion()
    {
        using var stub = StubRegistry.Answering(
            HttpStatusCode.OK, """{"subject":"t-value","version":3,"id":41,"schema":"\"int\"","extra":[1]}""");

        var found = await Client(stub, "http://registry:8081/apis/ccompat/v7/").LookUpAsync("t-value", Schema);

        found.ShouldBe(new RegisteredSchema("t-value", 3, 41, "\"int\""));
        stub.Requests[0].Line.ShouldBe("POST http://registry:8081/apis/ccompat/v7/subjects/t-value");
        JsonDocument.Parse(stub.Requests[0].Body).RootElement.GetProperty("schema").GetString().ShouldBe(Schema);
        stub.Requests[0].Authorization.ShouldBeNull();
    }

    [Theory]
    [InlineData(40401)]
    [InlineData(40403)]
    public async Task LookUp_NotThere_IsNull(int code)
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.NotFound, $$"""{"error_code":{{code}},"message":"not found"}""");

        (await Client(stub).LookUpAsync("t-value", Schema)).ShouldBeNull();
    }

    [Fact]
    public async Task LookUp_NotFoundOfAProxy_IsAnException()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.NotFound, "<html>no such page</html>");

        var fault = await Should.ThrowAsync<SchemaRegistryException>(Client(stub).LookUpAsync("t-value", Schema));

        fault.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        fault.ErrorCode.ShouldBeNull();
        fault.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Register_Accepted_GivesTheId()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, """{"id":7}""");

        (await Client(stub).RegisterAsync("odd/name value", Schema)).ShouldBe(7);

        stub.Requests[0].Line.ShouldBe("POST http://registry:8081/subjects/odd%2Fname%20value/versions");
    }

    [Fact]
    public async Task Register_Incompatible_TellsStatusCodeAndReason()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.Conflict, """{"error_code":409,"message":"reader field missing"}""");

        var fault = await Should.ThrowAsync<SchemaRegistryException>(Client(stub).RegisterAsync("s", Schema));

        fault.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        fault.ErrorCode.ShouldBe(409);
        fault.Message.ShouldContain("reader field missing");
    }

    [Theory]
    [InlineData("http://user:se%3Acret@registry:8081", null, null)]
    [InlineData("http://registry:8081", "user", "se:cret")]
    public async Task Send_Credentials_AreBasicAndNeverInAddressOrMessage(string address, string? user, string? password)
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.Unauthorized, "");

        var fault = await Should.ThrowAsync<SchemaRegistryException>(
            Client(stub, address, user, password).GetSubjectsAsync());

        stub.Requests[0].Authorization.ShouldBe("Basic dXNlcjpzZTpjcmV0");
        stub.Requests[0].Line.ShouldBe("GET http://registry:8081/subjects");
        fault.Message.ShouldNotContain("cret");
        new SchemaRegistryOptions { BaseAddress = new Uri(address), Username = user, Password = password }.ToString().ShouldNotContain("cret");
    }

    [Fact]
    public async Task Send_NoServer_IsUnreachableAndTransient()
    {
        using StubRegistry stub = new((_, _) => throw new HttpRequestException("refused"));

        var fault = await Should.ThrowAsync<SchemaRegistryException>(Client(stub).GetSchemaAsync(1));

        fault.IsUnreachable.ShouldBeTrue();
        fault.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_AnswerNeverComes_IsATimeOut()
    {
        FakeTimeProvider clock = new();
        using StubRegistry stub = new(async (_, cancellation) =>
        {
            TaskCompletionSource<HttpResponseMessage> never = new();
            await using var end = cancellation.Register(() => never.TrySetCanceled(cancellation));
            clock.Advance(TimeSpan.FromSeconds(10));
            return await never.Task;
        });

        var fault = await Should.ThrowAsync<SchemaRegistryException>(Client(stub, clock: clock).GetSchemaAsync(1));

        fault.IsUnreachable.ShouldBeTrue();
        fault.Message.ShouldContain("10 s");
    }

    [Fact]
    public async Task Send_CallerCancels_IsACancellation()
    {
        using CancellationTokenSource caller = new();
        using StubRegistry stub = new(async (_, cancellation) =>
        {
            await caller.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            return StubRegistry.Response(HttpStatusCode.OK, "[]");
        });

        await Should.ThrowAsync<OperationCanceledException>(Client(stub).GetSubjectsAsync(caller.Token));
    }

    [Fact]
    public async Task CheckCompatibility_NoSuchSubject_TakesAnything()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.NotFound, """{"error_code":40401,"message":"no subject"}""");

        (await Client(stub).CheckCompatibilityAsync("s", Schema)).IsCompatible.ShouldBeTrue();
    }

    [Theory]
    [InlineData("none", CompatibilityLevel.None)]
    [InlineData("FULL_TRANSITIVE", CompatibilityLevel.FullTransitive)]
    public void TryParse_Name_GivesTheLevel(string name, CompatibilityLevel expected)
    {
        CompatibilityLevels.TryParse(name, out var level).ShouldBeTrue();
        level.ShouldBe(expected);
        CompatibilityLevels.TryParse("SOMETHING", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ftp://registry")]
    [InlineData("/relative")]
    public void Constructor_OddAddress_Throws(string address) =>
        Should.Throw<ArgumentException>(() => Client(StubRegistry.Answering(HttpStatusCode.OK, ""), address));

    private static SchemaRegistryClient Client(
        HttpMessageHandler handler,
        string address = "http://registry:8081",
        string? user = null,
        string? password = null,
        TimeProvider? clock = null) =>
        new(
            new HttpClient(handler),
            new SchemaRegistryOptions { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute), Username = user, Password = password },
            clock);
}
