using System.Net;
using AdTracking.Events;

namespace AdTracking.Gateway.Tests.Intake;

[Collection(SharedGateway.Name)]
public sealed class PixelRouteTests(SharedGateway shared)
{
    private const string GifHex =
        "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020244" + "01003b";

    private readonly RunningGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Get_Impression_AnswersTheGifAndIsInKafka()
    {
        var serving = Samples.ServingId();

        using var answer = await GetAsync($"/v1/i?asid={serving}&pub=pub-1&p=1.25&cur=USD&x.a=b%20c");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Convert.ToHexStringLower(await answer.Content.ReadAsByteArrayAsync()).ShouldBe(GifHex);
        HeadersOf(answer).ShouldBe(
        [
            "Cache-Control: no-store, no-cache, must-revalidate, max-age=0",
            "Content-Length: 43",
            "Content-Type: image/gif",
            "Cross-Origin-Resource-Policy: cross-origin",
            "Expires: 0",
            "Pragma: no-cache",
        ]);
        var stored = _gateway.Impression(serving);
        stored.PriceCpmMicros.ShouldBe(1_250_000);
        stored.TrackingMethod.ShouldBe(1);
        stored.BillingSource.ShouldBe(BillingSource.Pixel);
        stored.Ext["a"].ShouldBe("b c");
    }

    [Theory]
    [InlineData("/v1/e")]
    [InlineData("/t/e")]
    public async Task Get_Engagement_IsInKafka(string path)
    {
        var serving = Samples.ServingId();

        using var answer = await GetAsync($"{path}?n=firstQuartile&asid={serving}&pub=pub-1");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _gateway.Engagement(serving).EventName.ShouldBe("firstQuartile");
    }

    [Fact]
    public async Task Get_WithF204_AnswersNoBody()
    {
        var serving = Samples.ServingId();

        using var answer = await GetAsync($"/v1/i?asid={serving}&pub=pub-1&f=204");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Content.Headers.ContentType.ShouldBeNull();
        _gateway.Impression(serving).ShouldNotBeNull();
    }

    [Fact]
    public async Task Head_Impression_AnswersHeadersAndRecordsNothing()
    {
        var serving = Samples.ServingId();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/v1/i?asid={serving}&pub=pub-1");

        using var answer = await _gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentLength.ShouldBe(43);
        _gateway.Stored<AdImpression>("ad.impression", one => one.AdServingId == serving).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/i?pub=p", "missing_field")]
    [InlineData("/v1/i?asid=s", "missing_field")]
    [InlineData("/v1/i", "missing_field")]
    [InlineData("/v1/e?asid=s&pub=p", "missing_field")]
    [InlineData("/v1/e?asid=s&pub=p&n=nonsense", "unknown_event")]
    [InlineData("/v1/i?asid=s&pub=p&n=start", "conflicting_fields")]
    [InlineData("/v1/i?asid=s&pub=p&p=-2.5", "bad_money")]
    [InlineData("/v1/i?asid=s&pub=p&asid=t", "duplicate_field")]
    [InlineData("/v1/i?asid=%ff&pub=p", "bad_utf8")]
    [InlineData("/v1/i?asid=s&pub=p&ip=1", "reserved_field")]
    public async Task Get_RefusedEvent_Is400WithTheCodeInAHeader(string path, string code)
    {
        using var answer = await GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.GetValues("X-AdTracking-Error").ShouldBe([code]);
        answer.Content.Headers.ContentLength.ShouldBe(0);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Get_UnresolvedMacros_AreKeptAndNotBillable()
    {
        var publisher = Samples.ServingId();

        using var answer = await GetAsync($"/v1/i?asid=[ADSERVINGID]&pub={publisher}&p=%24%7BAUCTION_PRICE%7D&cid=%5BX%5D");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var stored = _gateway.Stored<AdImpression>("ad.impression", one => one.PublisherId == publisher).ShouldHaveSingleItem();
        stored.Billable.ShouldBeFalse();
        stored.NotBillableReason.ShouldBe("unresolved_macro");
        stored.AdServingId.ShouldBe(stored.EventId);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _gateway.Http.GetAsync(new Uri(path, UriKind.Relative));

    private static IEnumerable<string> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal);
}
