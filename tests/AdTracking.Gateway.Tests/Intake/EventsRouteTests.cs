using System.Net;
using System.Text;
using System.Text.Json;
using AdTracking.Events;

namespace AdTracking.Gateway.Tests.Intake;

[Collection(SharedGateway.Name)]
public sealed class EventsRouteTests(SharedGateway shared)
{
    private readonly RunningGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Post_OneEvent_IsInKafkaWhenAnswered()
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/events", Samples.Impression(serving, ""","event_id":"e-1","price_cpm":1.25,"currency":"USD" """));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store");
        answer.Headers.Server.ShouldBeEmpty();
        (await answer.Content.ReadAsStringAsync())
            .ShouldBe("""{"results":[{"i":0,"id":"e-1","outcome":"accepted","durability":"kafka"}]}""");
        var stored = _gateway.Impression(serving);
        stored.EventId.ShouldBe("e-1");
        stored.PriceCpmMicros.ShouldBe(1_250_000);
        stored.TrackingMethod.ShouldBe(503);
        stored.EdgeId.ShouldBe("edge-1");
        stored.IdSource.ShouldBe(IdSource.Client);
        stored.Billable.ShouldBeTrue();
    }

    [Fact]
    public async Task Post_TenBadAmongAHundred_StoresNinetyAndNamesTen()
    {
        var serving = Samples.ServingId();
        var events = Enumerable.Range(0, 100).Select(i => i % 10 == 3
            ? Samples.Start(serving, ""","no_such_field":{} """)
            : Samples.Start($"{serving}-{i}"));

        using var answer = await _gateway.PostAsync("/v1/events", $"[{string.Join(',', events)}]");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RunningGateway.ResultsOf(answer)).ShouldBe(Enumerable.Range(0, 100)
            .Select(i => i % 10 == 3 ? $"{i} rejected wrong_type no_such_field" : $"{i} accepted kafka"));
        _gateway.Stored<AdEngagement>("ad.engagement", one => one.AdServingId.StartsWith(serving, StringComparison.Ordinal)).Select(one => one.AdServingId)
            .ShouldBe(Enumerable.Range(0, 100).Where(i => i % 10 != 3).Select(i => $"{serving}-{i}"), ignoreOrder: true);
        var bad = await _gateway.BadEventsAsync(10, one => BodyOf(one).Contains(serving, StringComparison.Ordinal));
        bad.ShouldAllBe(one => one.FailureTag == "wrong_type" && one.FailureField == "no_such_field" && one.Route == "/v1/events");
        BodyOf(bad[0]).ShouldBe(Samples.Start(serving, ""","no_such_field":{} """));
    }

    [Theory]
    [InlineData("[{0},{1}]", "application/json")]
    [InlineData(" [ {0} , {1} ] ", "application/json; charset=utf-8")]
    [InlineData("{\"events\":[{0},{1}]}", "application/json")]
    [InlineData("{0}\n{1}", "application/x-ndjson")]
    [InlineData("{0}\r\n\r\n{1}\r\n", "application/x-ndjson")]
    public async Task Post_EveryForm_TakesAllEvents(string form, string contentType)
    {
        var serving = Samples.ServingId();
        var body = form.Replace("{0}", Samples.Impression(serving), StringComparison.Ordinal)
            .Replace("{1}", Samples.Start(serving), StringComparison.Ordinal);

        using var answer = await _gateway.PostAsync("/v1/events", body, contentType);

        (await RunningGateway.ResultsOf(answer)).ShouldBe(["0 accepted kafka", "1 accepted kafka"]);
        _gateway.Impression(serving).EventName.ShouldBe("impression");
        _gateway.Engagement(serving).EventName.ShouldBe("start");
    }

    [Fact]
    public async Task Post_LinesWithABrokenOne_JudgesLineByLine()
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/events", $"{Samples.Impression(serving)}\n{{\"x\n{Samples.Start(serving)}", "application/x-ndjson");

        (await RunningGateway.ResultsOf(answer)).ShouldBe(["0 accepted kafka", "1 rejected malformed_json", "2 accepted kafka"]);
    }

    [Theory]
    [InlineData("", "empty_body")]
    [InlineData("  ", "empty_body")]
    [InlineData("7", "unexpected_body")]
    [InlineData("[{0}", "malformed_json")]
    [InlineData("[{0}] x", "malformed_json")]
    [InlineData("{\"events\":[{0}],\"more\":1}", "unexpected_body")]
    [InlineData("[{0},{\"a\":[[[[[[[[1]]]]]]]]}]", "too_deep")]
    public async Task Post_BodyThatIsNotJsonToItsEnd_StoresNothing(string form, string code)
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/events", form.Replace("{0}", Samples.Impression(serving), StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await RunningGateway.CodeOf(answer)).ShouldBe(code);
        _gateway.Stored<AdImpression>("ad.impression", one => one.AdServingId == serving).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/avro")] // a later release; not pretended
    [InlineData("application/json; charset=utf-16")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Post_OtherContentType_Is415(string? contentType)
    {
        using var answer = await _gateway.PostAsync("/v1/events", Samples.Impression("s"), contentType);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await RunningGateway.CodeOf(answer)).ShouldBe("unsupported_media_type");
    }

    [Fact]
    public async Task Post_Detail_NamesWhereTheEventLies()
    {
        var serving = Samples.ServingId();

        using var answer = await _gateway.PostAsync("/v1/events?detail=1", Samples.Impression(serving));

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var result = body.RootElement.GetProperty("results")[0];
        result.GetProperty("topic").GetString().ShouldBe("ad.impression");
        var record = AdTracking.Testing.TopicReader.ReadToEnd(_gateway.Kafka, "ad.impression")
            .Single(one => Encoding.UTF8.GetString(one.Key) == serving);
        result.GetProperty("partition").GetInt32().ShouldBe(record.Partition);
        result.GetProperty("offset").GetInt64().ShouldBe(record.Offset);
    }

    [Fact]
    public async Task Post_IdWithQuotes_IsEscapedInTheAnswer()
    {
        using var answer = await _gateway.PostAsync("/v1/events", Samples.Impression(Samples.ServingId(), ""","a\"\\\u00e4b":7,"ext":[] """));

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("results")[0].GetProperty("outcome").GetString().ShouldBe("rejected");
    }

    [Fact]
    public async Task Post_Twice_GivesTheSameDerivedId()
    {
        var serving = Samples.ServingId();
        using var first = await _gateway.PostAsync("/v1/events", Samples.Impression(serving));
        using var second = await _gateway.PostAsync("/v1/events", Samples.Impression(serving));

        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_Events_Is405WithAllow()
    {
        using var answer = await _gateway.Http.GetAsync(new Uri("/v1/events", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["POST", "OPTIONS"]);
        (await RunningGateway.CodeOf(answer)).ShouldBe("method_not_allowed");
    }

    [Fact]
    public async Task Post_BodyThatDoesNotUnpack_IsCountedAndKeptAsItCame()
    {
        var body = $"not packed {Samples.ServingId()}";
        var before = await _gateway.MetricAsync("adtracking_events_total{code=\"bad_encoding\"}");

        using var answer = await _gateway.PostAsync("/v1/events", body, encoding: "gzip");

        (await RunningGateway.CodeOf(answer)).ShouldBe("bad_encoding");
        (await _gateway.MetricAsync("adtracking_events_total{code=\"bad_encoding\"}")).ShouldBe(before + 1);
        var bad = (await _gateway.BadEventsAsync(1, one => BodyOf(one) == body)).Single();
        bad.FailureTag.ShouldBe("bad_encoding");
        bad.Headers!["content-encoding"].ShouldBe("gzip");
    }

    [Fact]
    public async Task Post_PackedBodyWithARefusedEvent_KeepsItUnpackedAndSaysSo()
    {
        var refused = Samples.Start(Samples.ServingId(), ""","ip":1""");

        using var answer = await _gateway.PostAsync("/v1/events", Samples.Pack("gzip", Encoding.UTF8.GetBytes(refused)), encoding: "gzip");

        var bad = (await _gateway.BadEventsAsync(1, one => BodyOf(one) == refused)).Single();
        bad.Headers!.ContainsKey("content-encoding").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/v1/events", "text/html", "unsupported_media_type")]
    [InlineData("/v1/b", "text/html", "unsupported_media_type")]
    [InlineData("/v1/burl", "text/html", "unsupported_media_type")]
    [InlineData("/v1/events", "application/json", "body_too_large")]
    [InlineData("/v1/b", "text/plain", "body_too_large")]
    [InlineData("/v1/burl", "application/x-www-form-urlencoded", "body_too_large")]
    public async Task Post_RefusedUnread_IsCountedUnderItsCode(string route, string contentType, string code)
    {
        var before = await _gateway.MetricAsync($"adtracking_events_total{{code=\"{code}\"}}");

        using var answer = await _gateway.PostAsync(route, code == "body_too_large" ? new string('x', (1 << 20) + 1) : "x", contentType);

        (await RunningGateway.CodeOf(answer)).ShouldBe(code);
        (await _gateway.MetricAsync($"adtracking_events_total{{code=\"{code}\"}}")).ShouldBe(before + 1);
    }

    private static string BodyOf(BadEvent bad) => bad.Body is { } body ? Encoding.UTF8.GetString(body.Span) : "";
}
