using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Responses;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary><c>GET /v1/i</c> and <c>GET /v1/e</c>: one event in the query, an image as the answer.</summary>
internal sealed class PixelRoute(EventIntake intake, IntakeCounters counters)
{
    public Task HandleAsync(Exchange exchange)
    {
        if (exchange.IsHead)
        {
            Pixel.Send(exchange, IsEmptyWanted(exchange));
            return Task.CompletedTask;
        }

        var origin = exchange.Route == IntakeRoute.Impression ? EventOrigin.ImpressionPixel : EventOrigin.EngagementPixel;
        var fault = intake.IngestQuery(exchange, origin, null, out var waiter);
        if (waiter is not null)
        {
            return AnswerAsync(exchange, waiter);
        }

        Answer(exchange, fault);
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(Exchange exchange, DeliveryWaiter waiter)
    {
        using var lease = intake.Lease(waiter);
        await waiter.WaitAsync();
        var fault = DeliveryFaults.Of(waiter.Outcomes[0]);
        counters.CountEvents(fault);
        Answer(exchange, fault);
    }

    private static void Answer(Exchange exchange, FaultCode fault)
    {
        if (fault == FaultCode.None)
        {
            Pixel.Send(exchange, IsEmptyWanted(exchange));
        }
        else if (FaultCodes.Status(fault) == StatusCodes.Status503ServiceUnavailable)
        {
            Pixel.Unavailable(exchange, fault);
        }
        else
        {
            Pixel.Refuse(exchange, fault);
        }
    }

    private static bool IsEmptyWanted(Exchange exchange) => QueryParameters.Has(exchange.Query, "f=204");
}
