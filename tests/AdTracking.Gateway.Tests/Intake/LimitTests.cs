using System.Text;
using AdTracking.Gateway.Configuration;

namespace AdTracking.Gateway.Tests.Intake;

/// <summary>Every limit is met at the limit and one past it.</summary>
[Collection(SharedGateway.Name)]
public sealed class LimitTests(SharedGateway shared)
{
    private static readonly LimitOptions Limits = new();

    private readonly RunningGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 414)]
    public async Task RequestLine_AtAndPastTheLimit(int past, int status)
    {
        const string End = " HTTP/1.1\r\n";
        var line = $"GET /v1/i?asid={Samples.ServingId()}&pub=p&f=".PadRight(Limits.RequestLineBytesMax + past - End.Length, '1');

        using var connection = await RawConnection.OpenAsync(_gateway.Http.BaseAddress!);
        await connection.SendAsync($"{line}{End}Host: a\r\n\r\n");

        (await connection.ReadStatusAsync()).ShouldBe(status);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 431)]
    public async Task Headers_AtAndPastTheLimit(int past, int status)
    {
        var headers = new StringBuilder("Host: a\r\nX-Long: ");
        headers.Append('a', Limits.HeaderBytesMax + past - headers.Length - 2).Append("\r\n");

        using var connection = await RawConnection.OpenAsync(_gateway.Http.BaseAddress!);
        await connection.SendAsync($"GET /v1/i?asid=s&pub=p HTTP/1.1\r\n{headers}\r\n");

        (await connection.ReadStatusAsync()).ShouldBe(status);
    }

    [Theory]
    [InlineData(0, false, 200, null)]
    [InlineData(1, false, 413, "body_too_large")]
    [InlineData(0, true, 200, null)]
    [InlineData(1, true, 413, "body_too_large")]
    public async Task Body_AtAndPastTheLimit(int past, bool isChunked, int status, string? code)
    {
        var body = Encoding.UTF8.GetBytes(Samples.Impression(Samples.ServingId()).PadRight(Limits.BodyBytesMax + past));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = true;

        using var answer = await _gateway.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        if (code is not null)
        {
            (await RunningGateway.CodeOf(answer)).ShouldBe(code);
            answer.Headers.ConnectionClose.ShouldBe(true);
        }
    }

    [Theory]
    [InlineData(0, 204)]
    [InlineData(1, 413)]
    public async Task Beacon_AtAndPastTheLimit(int past, int status)
    {
        using var answer = await _gateway.PostAsync("/v1/b", Samples.Start(Samples.ServingId()).PadRight(Limits.BeaconBytesMax + past), "text/plain");

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData(0, 200, null)]
    [InlineData(1, 413, "too_many_events")]
    public async Task Events_AtAndPastTheLimit(int past, int status, string? code)
    {
        var serving = Samples.ServingId();
        var events = Enumerable.Range(0, Limits.EventsMax + past).Select(i => Samples.Start($"{serving}-{i}"));

        using var answer = await _gateway.PostAsync("/v1/events", $"[{string.Join(',', events)}]");

        ((int)answer.StatusCode).ShouldBe(status);
        if (code is null)
        {
            (await RunningGateway.ResultsOf(answer)).Count(result => result.EndsWith(" accepted kafka", StringComparison.Ordinal)).ShouldBe(Limits.EventsMax);
        }
        else
        {
            (await RunningGateway.CodeOf(answer)).ShouldBe(code);
        }
    }

    [Theory]
    [InlineData(0, "0 accepted kafka")]
    [InlineData(1, "0 rejected event_too_large")]
    public async Task Event_AtAndPastTheLimit(int past, string result)
    {
        var start = Samples.Impression(Samples.ServingId());
        var body = start[..^1] + new string(' ', Limits.EventBytesMax + past - start.Length) + "}";

        using var answer = await _gateway.PostAsync("/v1/events", body);

        (await RunningGateway.ResultsOf(answer)).ShouldBe([result]);
    }

    [Theory]
    [InlineData(0, "0 rejected wrong_type os")]
    [InlineData(1, null)]
    public async Task Depth_AtAndPastTheLimit(int past, string? result)
    {
        var nested = Limits.JsonDepthMax - 1 + past; // the event itself is the first level
        var body = Samples.Impression("s", $",\"os\":{new string('[', nested)}{new string(']', nested)}");

        using var answer = await _gateway.PostAsync("/v1/events", body);

        if (result is not null)
        {
            (await RunningGateway.ResultsOf(answer)).ShouldBe([result]);
        }
        else
        {
            (await RunningGateway.CodeOf(answer)).ShouldBe("too_deep");
        }
    }

    [Theory]
    [InlineData("gzip", 0, 200)]
    [InlineData("gzip", 1, 413)]
    [InlineData("deflate", 0, 200)]
    [InlineData("deflate", 1, 413)]
    [InlineData("br", 0, 200)]
    [InlineData("br", 1, 413)]
    public async Task Decompressed_AtAndPastTheLimit(string encoding, int past, int status)
    {
        var body = Encoding.UTF8.GetBytes(Samples.Impression(Samples.ServingId()).PadRight(Limits.DecompressedBytesMax + past));

        using var answer = await _gateway.PostAsync("/v1/events", Samples.Pack(encoding, body), "application/json", encoding);

        ((int)answer.StatusCode).ShouldBe(status);
        if (status != 200)
        {
            (await RunningGateway.CodeOf(answer)).ShouldBe("decompressed_too_large");
        }
    }
}
