using System.Buffers;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Responses;
using AdTracking.Gateway.Telemetry;

namespace AdTracking.Gateway.Intake;

/// <summary><c>GET</c> and <c>POST /v1/burl</c>: an OpenRTB billing notice. Exchanges repeat it until they get 204, so that means stored.</summary>
internal sealed class BillingRoute(EventIntake intake, EventBatchPool batches, IntakeCounters counters, LimitOptions limits)
{
    public async Task HandleAsync(Exchange exchange)
    {
        using var lease = new BatchLease(batches, intake);
        var batch = lease.Batch;
        FaultCode fault;
        if (HttpMethods.IsPost(exchange.Method))
        {
            var body = await BodyReader.ReadAsync(exchange, limits.BeaconBytesMax);
            fault = body.Fault == FaultCode.None ? TakeBody(exchange, batch, body.Bytes) : intake.RefuseUnread(body.Fault);
            batch.DropCopy();
        }
        else
        {
            fault = IngestQuery(exchange, batch);
        }

        if (batch.Waiter is { } waiter)
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
            Problem.Refuse(exchange, fault);
        }
    }

    /// <summary>Most exchanges post nothing and put all into the query; a form body is read in its place.</summary>
    private FaultCode TakeBody(Exchange exchange, EventBatch batch, ReadOnlySequence<byte> bytes)
    {
        try
        {
            if (bytes.IsEmpty)
            {
                return IngestQuery(exchange, batch);
            }

            if (MediaTypes.Of(exchange.RequestHeaders.ContentType) != MediaType.Form)
            {
                return intake.RefuseUnread(FaultCode.UnsupportedMediaType);
            }

            var fault = intake.IngestForm(exchange, BodyReader.Join(bytes, batch).Span, EventOrigin.BillingNotice, out var waiter);
            batch.Waiter = waiter;
            return fault;
        }
        finally
        {
            exchange.Body.AdvanceTo(bytes.End);
        }
    }

    private FaultCode IngestQuery(Exchange exchange, EventBatch batch)
    {
        var fault = intake.IngestQuery(exchange, EventOrigin.BillingNotice, null, out var waiter);
        batch.Waiter = waiter;
        return fault;
    }
}
