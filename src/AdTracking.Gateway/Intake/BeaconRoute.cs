using System.Buffers;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Responses;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary><c>POST /v1/b</c>: what <c>navigator.sendBeacon</c> sends. Nobody reads the answer, so it is one status for all.</summary>
internal sealed class BeaconRoute(EventIntake intake, EventBatchPool batches, IntakeCounters counters, LimitOptions limits)
{
    public async Task HandleAsync(Exchange exchange)
    {
        var type = MediaTypes.Of(exchange.RequestHeaders.ContentType);
        var isPacked = ContentUnpacker.EncodingOf(exchange.RequestHeaders.ContentEncoding) != ContentEncoding.Identity;
        if (type is not (MediaType.Json or MediaType.Text or MediaType.Form) || isPacked)
        {
            Problem.Send(exchange, intake.RefuseUnread(isPacked ? FaultCode.UnsupportedEncoding : FaultCode.UnsupportedMediaType));
            return;
        }

        using var lease = new BatchLease(batches, intake);
        var batch = lease.Batch;
        var body = await BodyReader.ReadAsync(exchange, limits.BeaconBytesMax);
        var fault = body.Fault == FaultCode.None ? Take(exchange, batch, body.Bytes, type) : intake.RefuseUnread(body.Fault);
        batch.DropCopy();
        if (batch.Waiter is { } waiter)
        {
            await waiter.WaitAsync();
            fault = Count(batch, waiter.Outcomes);
        }

        Answer(exchange, fault);
    }

    private FaultCode Take(Exchange exchange, EventBatch batch, ReadOnlySequence<byte> bytes, MediaType type)
    {
        try
        {
            var body = BodyReader.Join(bytes, batch).Span;
            if (type == MediaType.Form)
            {
                var fault = intake.IngestForm(exchange, body, EventOrigin.Beacon, out var waiter);
                batch.Waiter = waiter;
                return fault;
            }

            var refusal = intake.IngestBatch(exchange, batch, body, isLines: false, EventOrigin.Beacon);
            return refusal == FaultCode.None && batch.AppendedCount == 0 ? CountRejected(batch) : refusal;
        }
        finally
        {
            exchange.Body.AdvanceTo(bytes.End);
        }
    }

    /// <summary>What a retry could mend; otherwise none as soon as one event was stored, since what was refused is kept elsewhere.</summary>
    private FaultCode Count(EventBatch batch, ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        CountRejected(batch);
        var stored = 0;
        var worst = FaultCode.None;
        foreach (ref readonly var outcome in outcomes)
        {
            var fault = DeliveryFaults.Of(in outcome);
            counters.CountEvents(fault);
            stored += fault == FaultCode.None ? 1 : 0;
            worst = worst == FaultCode.Deadline ? worst : fault == FaultCode.None ? worst : fault;
        }

        return worst == FaultCode.Deadline || stored == 0 ? worst : FaultCode.None;
    }

    private FaultCode CountRejected(EventBatch batch)
    {
        var first = FaultCode.None;
        foreach (ref readonly var result in batch.Results)
        {
            if (result.Code != FaultCode.None)
            {
                counters.CountEvents(result.Code);
                first = first == FaultCode.None ? result.Code : first;
            }
        }

        return first;
    }

    private static void Answer(Exchange exchange, FaultCode fault)
    {
        if (fault == FaultCode.None)
        {
            exchange.Status = StatusCodes.Status204NoContent;
        }
        else
        {
            Problem.Refuse(exchange, fault);
        }
    }
}
