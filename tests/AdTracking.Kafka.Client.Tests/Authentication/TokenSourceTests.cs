using System.Net;
using System.Text;
using AdTracking.Kafka.Authentication;
using Microsoft.Extensions.Time.Testing;

namespace AdTracking.Kafka.Client.Tests.Authentication;

public sealed class TokenSourceTests
{
    private static readonly Uri Endpoint = new("https://login.example/token");

    [Fact]
    public async Task File_Replaced_IsReadAgain()
    {
        using var folder = new TemporaryDirectory("token");
        var source = new FileTokenSource(folder.PathOf("token"));
        await Should.ThrowAsync<SaslException>(() => source.GetAsync(default).AsTask());

        await File.WriteAllTextAsync(folder.PathOf("token"), "one\n");
        (await source.GetAsync(default)).ShouldBe("one");
        await File.WriteAllTextAsync(folder.PathOf("token"), "two");
        (await source.GetAsync(default)).ShouldBe("two");
        await File.WriteAllTextAsync(folder.PathOf("token"), " \n");
        await Should.ThrowAsync<SaslException>(() => source.GetAsync(default).AsTask());
    }

    [Fact]
    public async Task ClientCredentials_Token_IsKeptForFourFifthsOfItsLife()
    {
        var clock = new FakeTimeProvider();
        var answers = new TestHandler("{\"access_token\":\"t1\",\"expires_in\":100}", "{\"access_token\":\"t2\"}", "{\"access_token\":\"t3\"}");
        using var http = new HttpClient(answers);
        var source = new ClientCredentialsSource(http, Endpoint, "gate way", "se:cret", "kafka", clock);

        (await source.GetAsync(default)).ShouldBe("t1");
        clock.Advance(TimeSpan.FromSeconds(79));
        (await source.GetAsync(default)).ShouldBe("t1");
        clock.Advance(TimeSpan.FromSeconds(2));
        (await source.GetAsync(default)).ShouldBe("t2");
        (await source.GetAsync(default)).ShouldBe("t3", "a token that does not say how long it lives is used once");
        answers.Requests[0].ShouldBe(
            $"POST {Endpoint} Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("gate%20way:se%3Acret"))} grant_type=client_credentials&scope=kafka");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"access_token\":7}")]
    [InlineData("{\"access_token\":\"\"}")]
    [InlineData("401")]
    public async Task ClientCredentials_NoToken_IsASaslError(string answer)
    {
        using var http = new HttpClient(new TestHandler(answer));
        var source = new ClientCredentialsSource(http, Endpoint, "id", "very-secret", null);

        (await Should.ThrowAsync<SaslException>(() => source.GetAsync(default).AsTask())).ToString().ShouldNotContain("very-secret");
    }

    [Fact]
    public void ClientCredentials_PlainHttp_IsRefused()
    {
        using var http = new HttpClient();
        Should.Throw<ArgumentException>(() => new ClientCredentialsSource(http, new Uri("http://login.example/token"), "id", "secret", null));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\u0001b")]
    [InlineData("ä")]
    public async Task OAuthBearer_TokenWithForeignCharacters_IsRefused(string token) => await Should.ThrowAsync<SaslException>(
        () => new OAuthBearerMechanism(new Client.Tests.Connections.FixedToken(token)).StartAsync(default).AsTask());

    private sealed class TestHandler(params string[] answers) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Requests.Add($"{request.Method} {request.RequestUri} {request.Headers.Authorization} {body}");
            var answer = answers[Requests.Count - 1];
            return new HttpResponseMessage(answer == "401" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK) { Content = new StringContent(answer) };
        }
    }
}
