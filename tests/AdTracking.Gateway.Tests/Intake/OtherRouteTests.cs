using System.Net;
using AdTracking.Events;

namespace AdTracking.Gateway.Tests.Intake;

[Collection(SharedGateway.Name)]
public sealed class OtherRouteTests(SharedGateway shared)
{
    private readonly RunningGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/json")]
    public async Task PostBeacon_JsonArray_Is204AndInKafka(string contentType)
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/b", $"[{Samples.Start(serving)},{Samples.Impression(serving)}]", contentType);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _gateway.Engagement(serving).TrackingMethod.ShouldBe(501);
        _gateway.Impression(serving).TrackingMethod.ShouldBe(501);
    }

    [Fact]
    public async Task PostBeacon_Form_Is204AndInKafka()
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/b", $"n=mute&seq=1&asid={serving}&pub=p+1", "application/x-www-form-urlencoded");

        // A space is no character of a publisher's id.
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await RunningGateway.CodeOf(answer)).ShouldBe("bad_pattern");
        using var second = await _gateway.PostAsync("/v1/b", $"n=mute&seq=1&asid={serving}&pub=p-1", "application/x-www-form-urlencoded");
        second.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _gateway.Engagement(serving).Seq.ShouldBe(1);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", null, "unsupported_media_type")]
    [InlineData("text/plain", "gzip", "unsupported_encoding")]
    public async Task PostBeacon_OtherForm_Is415(string contentType, string? encoding, string code)
    {
        using var answer = await _gateway.PostAsync("/v1/b", "{}", contentType, encoding);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await RunningGateway.CodeOf(answer)).ShouldBe(code);
    }

    [Fact]
    public async Task PostBeacon_GoodAndBad_Is204AndTheBadOneIsKept()
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/b", $"[{Samples.Start(serving)},{Samples.Start(serving, ",\"volume\":\"loud\"")}]", "text/plain");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var bad = await _gateway.BadEventsAsync(1, one => one.Route == "/v1/b" && one.FailureField == "volume");
        bad[0].ContentType.ShouldBe("text/plain");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task BillingNotice_Query_Is204AndABillingImpression(string method)
    {
        var serving = Samples.ServingId();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/burl?asid={serving}&pub=p-1&p=0.5&cur=EUR");

        using var answer = await _gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var stored = _gateway.Impression(serving);
        stored.TrackingMethod.ShouldBe(504);
        stored.BillingSource.ShouldBe(BillingSource.Burl);
        stored.PriceCpmMicros.ShouldBe(500_000);
    }

    [Fact]
    public async Task BillingNotice_Form_Is204()
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/burl", $"asid={serving}&pub=p-1", "application/x-www-form-urlencoded");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _gateway.Impression(serving).ShouldNotBeNull();
    }

    [Fact]
    public async Task BillingNotice_RefusedEvent_Is400()
    {
        using var answer = await _gateway.Http.GetAsync(new Uri("/v1/burl?pub=p", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await RunningGateway.CodeOf(answer)).ShouldBe("missing_field");
    }

    [Fact]
    public async Task Preflight_AnyPath_MirrorsOriginAndHeaders()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/events");
        request.Headers.Add("Origin", "https://page.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type, x-own");

        using var answer = await _gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var headers = answer.Headers.NonValidated.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {header.Value}");
        headers.Order(StringComparer.Ordinal).ShouldBe(
        [
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Allow-Headers: content-type, x-own",
            "Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS",
            "Access-Control-Allow-Origin: https://page.example",
            "Access-Control-Expose-Headers: X-AdTracking-Error, Retry-After",
            "Access-Control-Max-Age: 86400",
            "Vary: Origin, Access-Control-Request-Headers",
        ]);
    }

    [Fact]
    public async Task Post_WithOrigin_AllowsIt()
    {
        var serving = Samples.ServingId();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/b") { Content = new StringContent(Samples.Start(serving)) };
        request.Headers.Add("Origin", "https://page.example");

        using var answer = await _gateway.Http.SendAsync(request);

        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://page.example"]);
        answer.Headers.Vary.ShouldBe(["Origin"]);
        _gateway.Engagement(serving).Origin.ShouldBe("https://page.example");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/i/")]
    [InlineData("/V1/i")]
    [InlineData("/metrics")]
    [InlineData("/v1/tag.js")]
    public async Task Get_UnknownPath_Is404(string path)
    {
        using var answer = await _gateway.Http.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await RunningGateway.CodeOf(answer)).ShouldBe("not_found");
    }

    [Fact]
    public async Task Get_Robots_AsksToStayAway() =>
        (await _gateway.Http.GetStringAsync(new Uri("/robots.txt", UriKind.Relative))).ShouldBe("User-agent: *\nDisallow: /\n");
}
