using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Readiness;
using AdTracking.Gateway.Storage;
using AdTracking.Gateway.Telemetry;

namespace AdTracking.Gateway.Admin;

/// <summary>The admin port: for operators and their machines, never for the internet.</summary>
internal sealed class AdminRoutes(
    HealthReport readiness, EventPipeline pipeline, LedgerRoute ledger, MeterCollector metrics, Func<GatewayFile?> addresses, DateTimeOffset startedAt)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public void Map(WebApplication application)
    {
        application.MapGet("/live", context => TextAsync(context, StatusCodes.Status200OK, "live\n"));
        application.MapGet("/ready", context => readiness.IsReady
            ? TextAsync(context, StatusCodes.Status200OK, "ready\n")
            : TextAsync(context, StatusCodes.Status503ServiceUnavailable, "not ready\n"));
        application.MapGet("/health", HealthAsync);
        application.MapGet("/status", StatusAsync);
        application.MapGet("/version", context => JsonAsync(context, StatusCodes.Status200OK, new
        {
            version = ProductVersion.Text,
            runtime = RuntimeInformation.FrameworkDescription,
        }));
        application.MapGet("/ledger", context => ledger.Answer(context.Request.Query["minutes"]) is { } account
            ? JsonAsync(context, StatusCodes.Status200OK, account)
            : TextAsync(context, StatusCodes.Status400BadRequest, "minutes: a whole number from 1 to 2880\n"));
        application.MapGet("/metrics", async context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            await context.Response.WriteAsync(metrics.Collect(), context.RequestAborted);
        });
    }

    /// <summary>Ready: all is well. Degraded: events are stored, and something wants attention. Unready: events are refused.</summary>
    private Task HealthAsync(HttpContext context)
    {
        var isReady = readiness.IsReady;
        var reasons = readiness.Reasons;
        var status = isReady ? reasons.Count == 0 ? "ready" : "degraded" : "unready";
        var body = new { status, reasons, warnings = readiness.Warnings };
        return JsonAsync(context, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, body);
    }

    private Task StatusAsync(HttpContext context) => JsonAsync(context, StatusCodes.Status200OK, new
    {
        version = ProductVersion.Text,
        startedAt,
        ready = readiness.IsReady,
        addresses = addresses(),
        pipeline = pipeline.Snapshot(),
    });

    private static Task JsonAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, body.GetType(), Json, context.RequestAborted);
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
