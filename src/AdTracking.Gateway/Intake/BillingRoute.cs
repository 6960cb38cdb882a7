using System.Buffers;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary><c>GET</c> and <c>POST /v1/burl</c>: an OpenRTB billing notice. Exchanges repeat it until they get 204, so that means stored.</summary>
internal sealed class BillingRoute(EventIntake intake, EventBatchPool batches, IntakeCounters counters, LimitOptions limits)
{
    public async Task HandleAsync(Exchange exchange)
    {
        var batch = batches.Rent();
        DeliveryWaiter? waiter = null;
        try
        {
            var fault = FaultCode.None;
            if (HttpMethods.IsPost(exchange.Method))
            {
                var body = await BodyReader.ReadAsync(exchange, limits.BeaconBytesMax);
                fault = body.Fault == FaultCode.None ? TakeBody(exchange, batch, body.Bytes, out waiter) : intake.RefuseUnread(body.Fault);
                batch.DropCopy();
            }
            else
            {
                fault = intake.TakeQuery(exchange, EventOrigin.BillingNotice, null, out waiter);
            }

            if (waiter is not null)
            {
                await waiter.WaitAsync();
                fault = DeliveryFaults.Of(waiter.Outcomes[0]);
                counters.CountEvents(fault);
            }

            if (fault == FaultCode.None)
            {
                exchange.Status = StatusCodes.Status204NoContent;
            }
            else
            {
                EventsRoute.Refuse(exchange, fault);
            }
        }
        finally
        {
            if (waiter is not null)
            {
                intake.Pipeline.Return(waiter);
            }

            batches.Return(batch);
        }
    }

    /// <summary>Most exchanges post nothing and put all into the query; a form body is read in its place.</summary>
    private FaultCode TakeBody(Exchange exchange, EventBatch batch, ReadOnlySequence<byte> bytes, out DeliveryWaiter? waiter)
    {
        try
        {
            if (bytes.IsEmpty)
            {
                return intake.TakeQuery(exchange, EventOrigin.BillingNotice, null, out waiter);
            }

            if (MediaTypes.Of(exchange.RequestHeaders.ContentType) != MediaType.Form)
            {
                waiter = null;
                return intake.RefuseUnread(FaultCode.UnsupportedMediaType);
            }

            return intake.TakeForm(exchange, BodyReader.Join(bytes, batch).Span, EventOrigin.BillingNotice, out waiter);
        }
        finally
        {
            exchange.Body.AdvanceTo(bytes.End);
        }
    }
}
