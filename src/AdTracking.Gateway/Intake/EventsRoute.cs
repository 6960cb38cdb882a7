using System.Buffers;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Responses;
using AdTracking.Gateway.Telemetry;

namespace AdTracking.Gateway.Intake;

/// <summary><c>POST /v1/events</c>: a body of events, an answer for each.</summary>
internal sealed class EventsRoute(
    EventIntake intake, EventBatchPool batches, IntakeCounters counters, LimitOptions limits, IReadOnlyList<string> topics)
{
    public async Task HandleAsync(Exchange exchange)
    {
        var type = MediaTypes.Of(exchange.RequestHeaders.ContentType);
        var encoding = ContentUnpacker.EncodingOf(exchange.RequestHeaders.ContentEncoding);
        if (type is not (MediaType.Json or MediaType.JsonLines) || encoding == ContentEncoding.Unsupported)
        {
            var refusal = encoding == ContentEncoding.Unsupported ? FaultCode.UnsupportedEncoding : FaultCode.UnsupportedMediaType;
            Problem.Refuse(exchange, intake.RefuseUnread(refusal));
            return;
        }

        using var lease = new BatchLease(batches, intake);
        var batch = lease.Batch;
        var body = await BodyReader.ReadAsync(exchange, limits.BodyBytesMax);
        var fault = body.Fault == FaultCode.None ? Take(exchange, batch, body.Bytes, type, encoding) : intake.RefuseUnread(body.Fault);
        batch.DropCopy();
        if (fault != FaultCode.None)
        {
            Problem.Refuse(exchange, fault);
            return;
        }

        if (batch.Waiter is { } waiter)
        {
            await waiter.WaitAsync();
        }

        BatchAnswer.Send(exchange, batch, topics, QueryParameters.Has(exchange.Query, "detail=1"), counters);
    }

    private FaultCode Take(Exchange exchange, EventBatch batch, ReadOnlySequence<byte> bytes, MediaType type, ContentEncoding encoding)
    {
        try
        {
            var body = BodyReader.Join(bytes, batch);
            if (encoding != ContentEncoding.Identity)
            {
                var fault = ContentUnpacker.Unpack(encoding, body, limits.DecompressedBytesMax, out var unpacked, out var length);
                if (fault != FaultCode.None)
                {
                    intake.RefusePacked(exchange, fault, body.Span);
                    return fault;
                }

                batch.KeepCopy(unpacked!);
                body = unpacked.AsMemory(0, length);
            }

            return intake.IngestBatch(exchange, batch, body.Span, type == MediaType.JsonLines, EventOrigin.ServerToServer);
        }
        finally
        {
            exchange.Body.AdvanceTo(bytes.End);
        }
    }
}
