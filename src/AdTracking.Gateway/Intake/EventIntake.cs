using System.Runtime.CompilerServices;
using System.Text;
using AdTracking.Emitter;
using AdTracking.Events;
using AdTracking.Gateway.Hosting;
using AdTracking.Gateway.Identity;
using AdTracking.Gateway.Telemetry;

namespace AdTracking.Gateway.Intake;

/// <summary>The one pass from bytes to queue: decode, finish, encode, append. Synchronous; the buffers belong to the thread.</summary>
[SkipLocalsInit]
internal sealed class EventIntake(
    EventPipeline pipeline,
    StartGate gate,
    DecodeOptions options,
    ClientAddressResolver addresses,
    IpPolicy ipPolicy,
    BadEventKeeper badEvents,
    IntakeCounters counters,
    string edgeId,
    TimeProvider clock)
{
    [ThreadStatic]
    private static byte[]? t_scratch;

    private readonly byte[] _edgeId = Encoding.UTF8.GetBytes(edgeId);

    private readonly int _scratchBytes = options.EventBytesMax + EventLimits.EdgeScratchBytes;

    public EventPipeline Pipeline => pipeline;

    /// <summary>The calling thread's own. Gateways of one process (tests) may differ in their limits.</summary>
    private Span<byte> Scratch
    {
        get
        {
            if (t_scratch is null || t_scratch.Length < _scratchBytes)
            {
                t_scratch = new byte[_scratchBytes];
            }

            return t_scratch;
        }
    }

    /// <summary>Takes all events of a body. With no fault the batch says what became of each, and its waiter is to be awaited where there is
    /// one; with a fault nothing of the body is stored.</summary>
    public FaultCode TakeBatch(Exchange exchange, EventBatch batch, ReadOnlySpan<byte> body, bool isLines, EventOrigin origin)
    {
        var group = GroupBuffer.ForThisThread;
        group.Clear();
        var text = EdgeText.ForThisThread;
        var client = exchange.Client(addresses);
        var edge = Edge(exchange, text, client, origin, out var signals);
        var reader = new BeaconBatchReader(body, isLines, options);
        var view = new EventView(body, Scratch);
        while (reader.MoveNext(ref view, out var fault))
        {
            if (fault.IsFault || !Finish(ref view, in edge, in signals, group, out fault))
            {
                batch.AddRejected(fault.Code, fault.FieldName(ref view), reader.EventStart, reader.EventLength);
            }
            else
            {
                batch.AddAppended(view.EventId);
            }
        }

        if (reader.Refusal != FaultCode.None)
        {
            counters.CountEvents(reader.Refusal);
            badEvents.Keep(exchange, reader.Refusal, null, body, client);
            return reader.Refusal;
        }

        if (group.EventCount > 0)
        {
            var refusal = Append(group, out var waiter);
            if (refusal != FaultCode.None)
            {
                counters.CountEvents(refusal, batch.Results.Length);
                return refusal;
            }

            batch.Waiter = waiter;
        }

        if (batch.RejectedCount > 0)
        {
            badEvents.KeepRejected(exchange, batch, body, client);
        }

        return FaultCode.None;
    }

    /// <summary>Takes the one event of a query string. With no fault the waiter is to be awaited.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="origin">What the route says about the event.</param>
    /// <param name="destinationHost">Of a click that is sent on: the host; null otherwise.</param>
    /// <param name="waiter">Completed when Kafka has the event.</param>
    public FaultCode TakeQuery(Exchange exchange, EventOrigin origin, string? destinationHost, out DeliveryWaiter? waiter)
    {
        var view = new EventView(default, Scratch);
        EventDecoder.DecodeQuery(exchange.Query, ref view, options, origin.ImpliedName, out var fault);
        return TakeOne(exchange, ref view, fault, default, origin, destinationHost, out waiter);
    }

    /// <summary>Takes the one event of a form body. With no fault the waiter is to be awaited.</summary>
    public FaultCode TakeForm(Exchange exchange, ReadOnlySpan<byte> body, EventOrigin origin, out DeliveryWaiter? waiter)
    {
        var view = new EventView(body, Scratch);
        EventDecoder.DecodeForm(ref view, options, origin.ImpliedName, out var fault);
        return TakeOne(exchange, ref view, fault, body, origin, null, out waiter);
    }

    /// <summary>Counts and keeps a request that was refused before its event was looked at.</summary>
    public void RefuseQuery(Exchange exchange, FaultCode code, string? field)
    {
        counters.CountEvents(code);
        badEvents.Keep(exchange, code, field, default, exchange.Client(addresses));
    }

    /// <summary>Counts a body that was refused before it was read to its end.</summary>
    public FaultCode RefuseUnread(FaultCode code)
    {
        counters.CountEvents(code);
        return code;
    }

    /// <summary>Counts and keeps a body that does not unpack, as it came.</summary>
    public void RefusePacked(Exchange exchange, FaultCode code, ReadOnlySpan<byte> packed)
    {
        counters.CountEvents(code);
        badEvents.Keep(exchange, code, null, packed, exchange.Client(addresses), isPacked: true);
    }

    private FaultCode TakeOne(
        Exchange exchange,
        scoped ref EventView view,
        EventFault fault,
        scoped ReadOnlySpan<byte> body,
        EventOrigin origin,
        string? destinationHost,
        out DeliveryWaiter? waiter)
    {
        waiter = null;
        var client = exchange.Client(addresses);
        var edge = Edge(exchange, EdgeText.ForThisThread, client, origin, out var signals);
        var group = GroupBuffer.ForThisThread;
        group.Clear();
        if (!fault.IsFault && destinationHost is not null)
        {
            MarkRedirected(ref view, destinationHost);
        }

        if (fault.IsFault || !Finish(ref view, in edge, in signals, group, out fault))
        {
            counters.CountEvents(fault.Code);
            badEvents.Keep(exchange, fault.Code, fault.FieldName(ref view), body, client);
            return fault.Code;
        }

        var refusal = Append(group, out waiter);
        if (refusal != FaultCode.None)
        {
            counters.CountEvents(refusal);
        }

        return refusal;
    }

    private bool Finish(
        scoped ref EventView view, scoped in EdgeContext edge, scoped in RequestSignals signals, GroupBuffer group, out EventFault fault)
    {
        if (!EventFinisher.Finish(ref view, in edge, out fault))
        {
            return false;
        }

        signals.Apply(ref view);
        if (group.TryBegin((EventTopic)(int)view.Layout!.Kind, view.PartitionKey, out var value))
        {
            if (view.TryEncode(value, out var written))
            {
                group.Commit(written);
                counters.CountOddities(view.UnresolvedCount + view.UnresolvedBillingCount, view.RoundedCount);
                return true;
            }

            group.Cancel();
        }

        fault = new EventFault(FaultCode.EventTooLarge);
        return false;
    }

    private FaultCode Append(GroupBuffer group, out DeliveryWaiter? waiter)
    {
        waiter = null;
        if (!gate.IsOpen)
        {
            return gate.IsDraining ? FaultCode.Draining : FaultCode.NotReady;
        }

        waiter = pipeline.RentWaiter(group.EventCount);
        var admission = pipeline.TryAppend(group, waiter);
        if (admission == Admission.Accepted)
        {
            return FaultCode.None;
        }

        pipeline.Return(waiter);
        waiter = null;
        return admission switch
        {
            Admission.TooLarge => FaultCode.BodyTooLarge,
            Admission.NotReady => FaultCode.NotReady,
            Admission.Draining => FaultCode.Draining,
            _ => FaultCode.QueueFull,
        };
    }

    private EdgeContext Edge(
        Exchange exchange, EdgeText text, ClientAddress client, EventOrigin origin, out RequestSignals signals)
    {
        var headers = exchange.RequestHeaders;
        var ip = text.Ip(client, ipPolicy, out var isTruncated);
        signals = new RequestSignals(headers, isTruncated);
        return new EdgeContext
        {
            ReceivedTsMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            EdgeId = _edgeId,
            TrackingMethod = origin.TrackingMethod,
            Ip = ip,
            IpTruncated = isTruncated,
            IpSource = (int)(client.IsForwarded ? IpSource.Forwarded : IpSource.Socket),
            UserAgent = text.UserAgent(headers),
            Referer = text.Referer(headers),
            Origin = text.Origin(headers),
            BillingSource = origin.BillingSource,
            ServerSide = -1,
        };
    }

    private static void MarkRedirected(scoped ref EventView view, string destinationHost)
    {
        view.SetLong(AdClickField.RedirectStatus, (int)RedirectStatus.Redirected);
        view.SetLong(AdClickField.DestinationCheck, (int)DestinationCheck.AllowListed);
        if (!view.Has(AdClickField.DestinationHost))
        {
            view.TrySetText(AdClickField.DestinationHost, destinationHost);
        }
    }
}
