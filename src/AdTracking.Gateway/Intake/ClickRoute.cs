using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Redirect;
using AdTracking.Gateway.Responses;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary><c>GET /v1/c</c>: records a click and sends the user on. A user waits here, so after a moment the redirect goes out with or
/// without the click being stored, and that is counted. Where to, is decided by the allow list alone.</summary>
internal sealed class ClickRoute(
    EventIntake intake, RedirectTargets targets, IntakeCounters counters, HttpOptions options, TimeProvider clock)
{
    private readonly TimeSpan _wait = TimeSpan.FromMilliseconds(options.ClickWaitMs);

    public Task HandleAsync(Exchange exchange)
    {
        var target = QueryParameters.Single(exchange.Query, "url");
        var goal = target is null ? null : targets.Check(target);
        if (goal is null)
        {
            return RefuseAsync(exchange, string.IsNullOrEmpty(target) ? FaultCode.ClickTargetMissing : FaultCode.ClickTargetRefused);
        }

        if (exchange.IsHead)
        {
            SendOn(exchange, goal.Location);
            return Task.CompletedTask;
        }

        var fault = intake.IngestQuery(exchange, EventOrigin.ClickRedirect, goal.Host, out var waiter);
        if (waiter is not null)
        {
            return RecordAndSendOnAsync(exchange, goal.Location, waiter);
        }

        if (FaultCodes.Status(fault) == StatusCodes.Status503ServiceUnavailable)
        {
            counters.CountUnrecordedClick();
        }

        SendOn(exchange, goal.Location);
        return Task.CompletedTask;
    }

    private async Task RecordAndSendOnAsync(Exchange exchange, string location, DeliveryWaiter waiter)
    {
        var delivery = CompleteAsync(waiter);
        using (var stop = new CancellationTokenSource())
        {
            await Task.WhenAny(delivery, Task.Delay(_wait, clock, stop.Token));
            await stop.CancelAsync();
        }

        if (!delivery.IsCompleted)
        {
            counters.CountEarlyRedirect();
        }

        SendOn(exchange, location);
    }

    /// <summary>Goes on after the answer when storing is slower than the user's patience; the event is in the queue either way.</summary>
    private async Task CompleteAsync(DeliveryWaiter waiter)
    {
        using var lease = intake.Lease(waiter);
        await waiter.WaitAsync();
        counters.CountEvents(DeliveryFaults.Of(waiter.Outcomes[0]));
    }

    private Task RefuseAsync(Exchange exchange, FaultCode fault)
    {
        if (!exchange.IsHead)
        {
            intake.RefuseClick(exchange, fault, "url");
        }

        Problem.Send(exchange, fault);
        return Task.CompletedTask;
    }

    private static void SendOn(Exchange exchange, string location)
    {
        exchange.Status = StatusCodes.Status302Found;
        exchange.Headers.Location = location;
        exchange.Headers.CacheControl = "no-store";
        exchange.Headers.ContentLength = 0;
    }
}
