using System.Text;
using AdTracking.Events;

namespace AdTracking.Gateway.Tests.Intake;

[Collection(SharedGateway.Name)]
public sealed class RequestFactsTests(SharedGateway shared)
{
    private readonly RunningGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Event_FromTheSocket_CarriesAddressAndHeaders()
    {
        var stored = await SendAsync(("User-Agent", "Agent/1 (ü)"), ("Referer", "https://page.example/a?b"));

        stored.Ip.ShouldBe("127.0.0.0");
        stored.IpTruncated.ShouldBeTrue();
        stored.IpSource.ShouldBe(IpSource.Socket);
        stored.PrivacyAction.ShouldBe(PrivacyAction.Truncated);
        stored.UserAgent.ShouldBe("Agent/1 (ü)");
        stored.Referer.ShouldBe("https://page.example/a?b");
        stored.Gpc.ShouldBeNull();
        stored.Dnt.ShouldBeNull();
        stored.TraceId.ShouldBeNull();
        stored.ReceivedTs.ShouldBeInRange(TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Event_BehindATrustedProxy_CarriesTheForwardedAddress()
    {
        var stored = await SendAsync(("X-Forwarded-For", "203.0.113.9, 198.51.100.77"));

        stored.Ip.ShouldBe("198.51.100.0");
        stored.IpSource.ShouldBe(IpSource.Forwarded);
    }

    [Fact]
    public async Task Event_PrivacySignals_AreTaken()
    {
        var stored = await SendAsync(("Sec-GPC", "1"), ("DNT", "1"));

        stored.Gpc.ShouldBe(true);
        stored.Dnt.ShouldBe(true);
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", null)] // not sampled
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", null)]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", null)]
    [InlineData("nonsense", null)]
    public async Task Event_Traceparent_GivesTheTraceWhenSampled(string header, string? traceId) =>
        (await SendAsync(("traceparent", header))).TraceId.ShouldBe(traceId);

    [Fact]
    public async Task Event_LongHeaders_AreCutToTheSchemasLimits()
    {
        var stored = await SendAsync(("User-Agent", new string('a', 5_000)), ("Referer", "https://p.example/" + new string('b', 5_000)));

        stored.UserAgent!.Length.ShouldBe(1_024);
        stored.Referer!.Length.ShouldBe(2_048);
    }

    [Fact]
    public async Task BadEvent_Request_IsKeptWithoutSecrets()
    {
        var publisher = Samples.ServingId();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/i?pub={publisher}&key=hunter2&p=1");
        request.Headers.TryAddWithoutValidation("User-Agent", "Agent/1");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer hunter2");
        request.Headers.TryAddWithoutValidation("Cookie", "session=hunter2");
        request.Headers.TryAddWithoutValidation("X-Api-Key", "hunter2");
        (await _gateway.Http.SendAsync(request)).Dispose();

        var bad = (await _gateway.BadEventsAsync(1, one => one.Query?.Contains(publisher, StringComparison.Ordinal) == true))[0];

        bad.Query.ShouldBe($"pub={publisher}&key=***&p=1");
        bad.FailureCode.ShouldBe(FailureCode.SchemaViolation);
        bad.FailureTag.ShouldBe("missing_field");
        bad.FailureField.ShouldBe("ad_serving_id");
        bad.FailureMessage.ShouldBe("a mandatory field is absent");
        bad.Method.ShouldBe("GET");
        bad.EdgeId.ShouldBe("edge-1");
        bad.Ip.ShouldBe("127.0.0.0");
        bad.Body.ShouldBeNull();
        bad.Headers.ToString().ShouldBe("{user-agent: Agent/1}");
        bad.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task BadEvent_LargeBody_IsCutWithItsHash()
    {
        var marker = Samples.ServingId();
        var body = $"[\"{marker}{new string('x', 20_000)}";
        (await _gateway.PostAsync("/v1/events", body)).Dispose();

        bool IsIt(BadEvent one) => one.Body is { } kept && Encoding.UTF8.GetString(kept.Span).Contains(marker, StringComparison.Ordinal);
        var bad = (await _gateway.BadEventsAsync(1, IsIt))[0];

        bad.Body!.Value.Length.ShouldBe(8_192);
        bad.BodyTruncated.ShouldBeTrue();
        bad.BodyLength.ShouldBe(body.Length);
        bad.BodySha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        bad.FailureCode.ShouldBe(FailureCode.RequestMalformed);
    }

    private async Task<AdImpression> SendAsync(params (string Name, string Value)[] headers)
    {
        var serving = Samples.ServingId();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/i?asid={serving}&pub=p-1");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = _gateway.Http.BaseAddress };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return _gateway.Impression(serving);
    }
}
