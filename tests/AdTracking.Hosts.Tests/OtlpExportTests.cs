using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AdTracking.Gateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Hosts.Tests;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task Export_EndpointSet_PushesTheMetrics()
    {
        var received = new ConcurrentQueue<byte[]>();
        await using var collector = await ControlServer.StartAsync("Otlp", IPAddress.Loopback, 0, NullLoggerFactory.Instance, application =>
            application.MapPost("/v1/metrics", async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                received.Enqueue(body.ToArray());
                context.Response.ContentType = "application/x-protobuf";
                context.Response.StatusCode = StatusCodes.Status200OK;
            }), CancellationToken.None);
        await using (var gateway = await RunningGateway.StartAsync($"Otlp:Endpoint={collector.Address}/v1/metrics"))
        {
            (await gateway.PostAsync("/v1/events", Samples.Impression(Samples.ServingId()))).Dispose();
        }

        // The end of the gateway pushes what is left.
        var text = string.Concat(received.Select(Encoding.Latin1.GetString));
        text.ShouldContain("adtracking.requests");
        text.ShouldContain("adtracking-gateway");
        text.ShouldContain("edge-1");
    }
}
