using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace AdTracking.SchemaRegistry.Tests;

/// <summary>Registries in trouble: several nodes, retries, slow drips, credentials that change.</summary>
public sealed class RegistryResilienceTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new("credentials");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task Send_FirstNodeInTrouble_AsksTheNextAndStaysThere(int status)
    {
        using StubRegistry stub = new((request, _) => Task.FromResult(request.RequestUri!.Host != "a"
            ? StubRegistry.Response(HttpStatusCode.OK, "[1]")
            : status == 0 ? throw new HttpRequestException("refused") : StubRegistry.Response((HttpStatusCode)status, "<html>")));
        var client = Client(stub, SchemaRegistryOptions.Of("http://a:1, http://b:2/path/,http://c"));

        (await client.GetVersionsAsync("s")).ShouldBe([1]);
        (await client.GetVersionsAsync("s")).ShouldBe([1]);

        stub.Requests.Select(request => request.Line).ShouldBe([
            "GET http://a:1/subjects/s/versions", "GET http://b:2/path/subjects/s/versions", "GET http://b:2/path/subjects/s/versions",
        ]);
    }

    [Fact]
    public async Task Send_AllNodesInTrouble_TellsTheLastAndTriesEachOnce()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.BadGateway, "");
        var client = Client(stub, SchemaRegistryOptions.Of("http://a,http://b"));

        var fault = await Should.ThrowAsync<SchemaRegistryException>(client.GetSubjectsAsync());

        fault.Message.ShouldContain("http://b");
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Send_NodeRefuses_IsAnAnswerAndNoOtherIsAsked()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.Conflict, """{"error_code":409,"message":"no"}""");

        await Should.ThrowAsync<SchemaRegistryException>(Client(stub, SchemaRegistryOptions.Of("http://a,http://b")).RegisterAsync("s", "\"int\""));

        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_Attempts_RunTheWholeRequestAgain()
    {
        var calls = 0;
        using StubRegistry stub = new((_, _) => Task.FromResult(
            StubRegistry.Response(HttpStatusCode.OK, ++calls < 3 ? "{\"id\":" : "{\"id\":7}")));
        var client = Client(stub, SchemaRegistryOptions.Of("http://a") with { Attempts = UntilItWorks });

        (await client.RegisterAsync("s", "\"int\"")).ShouldBe(7);

        stub.Requests.Select(request => request.Body).Distinct().Count().ShouldBe(1);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task Send_AnswerDrips_EndsAtTheTimeOut()
    {
        FakeTimeProvider clock = new();
        using StubRegistry stub = new((_, _) => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new DrippingStream(() => clock.Advance(TimeSpan.FromSeconds(10)))) }));

        var fault = await Should.ThrowAsync<SchemaRegistryException>(
            new SchemaRegistryClient(new HttpClient(stub), SchemaRegistryOptions.Of("http://a"), clock).GetSubjectsAsync());

        fault.IsTransient.ShouldBeTrue();
        fault.Message.ShouldContain("10 s");
    }

    [Fact]
    public async Task Send_CredentialsInFiles_AreReadForEveryRequest()
    {
        var token = _folder.PathOf("token");
        File.WriteAllText(token, "first\n");
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, "[]");
        var bearer = Client(stub, SchemaRegistryOptions.Of("http://a") with { BearerTokenFile = token });
        var basic = Client(stub, SchemaRegistryOptions.Of("http://a") with { Username = "u", PasswordFile = token });

        await bearer.GetSubjectsAsync();
        File.WriteAllText(token, "second");
        await bearer.GetSubjectsAsync();
        await basic.GetSubjectsAsync();
        File.Delete(token);
        var fault = await Should.ThrowAsync<SchemaRegistryException>(basic.GetSubjectsAsync());

        stub.Requests.Select(request => request.Authorization).ShouldBe(["Bearer first", "Bearer second", "Basic dTpzZWNvbmQ="]);
        fault.Message.ShouldContain("credentials");
    }

    [Fact]
    public async Task Submitted_ReferencesAndNormalize_AreInTheRequest()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, "{\"id\":7}");
        SubmittedSchema schema = new("\"a.B\"") { References = [new SchemaReference("a.B", "other", 3)], IsNormalized = true };

        await Client(stub, SchemaRegistryOptions.Of("http://a")).RegisterAsync("s", schema);

        stub.Requests[0].Line.ShouldBe("POST http://a/subjects/s/versions?normalize=true");
        stub.Requests[0].Body.ShouldContain("""
            "references":[{"name":"a.B","subject":"other","version":3}]
            """.Trim());
    }

    [Fact]
    public async Task CheckCompatibility_ReasonInsteadOfMessages_IsTold()
    {
        using var stub = StubRegistry.Answering(HttpStatusCode.OK, """{"is_compatible":false,"reason":"because"}""");

        (await Client(stub, SchemaRegistryOptions.Of("http://a")).CheckCompatibilityAsync("s", "\"int\"")).Messages.ShouldBe(["because"]);
    }

    private static async Task UntilItWorks(Func<CancellationToken, Task> attempt, CancellationToken cancellation)
    {
        for (var done = false; !done;)
        {
            try
            {
                await attempt(cancellation);
                done = true;
            }
            catch (SchemaRegistryException)
            {
                // again
            }
        }
    }

    private static SchemaRegistryClient Client(HttpMessageHandler handler, SchemaRegistryOptions options) => new(new HttpClient(handler), options);
}
