using System.Net;
using AdTracking.Events;

namespace AdTracking.Gateway.Tests.Intake;

[Collection(SharedGateway.Name)]
public sealed class ClickRouteTests(SharedGateway shared)
{
    private readonly RunningGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Get_AllowedTarget_RedirectsAndRecords()
    {
        var serving = Samples.ServingId();

        using var answer = await GetAsync($"/v1/c?asid={serving}&pub=p-1&url=https%3A%2F%2Fshop.example%2Fa%3Fb%3Dc%2520d");

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("https://shop.example/a?b=c%20d");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var stored = _gateway.Click(serving);
        stored.TrackingMethod.ShouldBe(505);
        stored.RedirectStatus.ShouldBe(RedirectStatus.Redirected);
        stored.DestinationCheck.ShouldBe(DestinationCheck.AllowListed);
        stored.DestinationHost.ShouldBe("shop.example");
        stored.DestinationUrl.ShouldBe("https://shop.example/a?b=c%20d");
    }

    [Theory]
    [InlineData("", "click_target_missing")]
    [InlineData("&url=", "click_target_missing")]
    [InlineData("&url=https://evil.example/", "click_target_refused")]
    [InlineData("&url=https://shop.example/&url=https://evil.example/", "click_target_missing")]
    [InlineData("&url=https://shop.example%0d%0aSet-Cookie:%20a=b", "click_target_refused")]
    [InlineData("&url=javascript:alert(1)", "click_target_refused")]
    [InlineData("&url=//shop.example/", "click_target_refused")]
    public async Task Get_OtherTarget_Is400AndNeverARedirect(string target, string code)
    {
        var serving = Samples.ServingId();

        using var answer = await GetAsync($"/v1/c?asid={serving}&pub=p-1{target}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
        (await RunningGateway.CodeOf(answer)).ShouldBe(code);
        var bad = await _gateway.BadEventsAsync(1, one => one.Query?.Contains(serving, StringComparison.Ordinal) == true);
        bad[0].FailureTag.ShouldBe(code);
        bad[0].Route.ShouldBe("/v1/c");
    }

    [Fact]
    public async Task Get_BadEventGoodTarget_RedirectsAllTheSame()
    {
        var publisher = Samples.ServingId();

        using var answer = await GetAsync($"/v1/c?pub={publisher}&url=https%3A%2F%2Fa.cdn.example%2F");

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await _gateway.BadEventsAsync(1, one => one.Query?.Contains(publisher, StringComparison.Ordinal) == true))[0].FailureField.ShouldBe("ad_serving_id");
    }

    [Fact]
    public async Task Head_AllowedTarget_RedirectsAndRecordsNothing()
    {
        var serving = Samples.ServingId();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/v1/c?asid={serving}&pub=p-1&url=https%3A%2F%2Fshop.example%2F");

        using var answer = await _gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        _gateway.Stored<AdClick>("ad.click", one => one.AdServingId == serving).ShouldBeEmpty();
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _gateway.Http.GetAsync(new Uri(path, UriKind.Relative));
}
