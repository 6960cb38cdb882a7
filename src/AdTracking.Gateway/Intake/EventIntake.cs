using System.Runtime.CompilerServices;
using System.Text;
using AdTracking.Emitter.Pipeline;
using AdTracking.Events;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Finishing;
using AdTracking.Events.Layout;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Identity;
using AdTracking.Gateway.Readiness;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary>The one pass from bytes to queue: decode, finish, encode, append. Synchronous; the buffers belong to the thread.</summary>
[SkipLocalsInit]
internal sealed class EventIntake(
    EventPipeline pipeline,
    IntakeGate gate,
    DecodeOptions options,
    ClientAddressResolver addresses,
    IpPolicy ipPolicy,
    BadEventWriter badEvents,
    IntakeCounters counters,
    IntakeLedger ledger,
    string edgeId,
    TimeProvider clock)
{
    [ThreadStatic]
    private static byte[]? ThreadScratch;

    private readonly byte[] _edgeId = Encoding.UTF8.GetBytes(edgeId);

    private readonly int _scratchBytes = options.EventBytesMax + EventLimits.EdgeScratchBytes;

    /// <summary>Gives a waiter back when the request is done with it.</summary>
    public WaiterLease Lease(DeliveryWaiter? waiter) => new(pipeline, waiter);

    /// <summary>The calling thread's own. Gateways of one process (tests) may differ in their limits.</summary>
    private Span<byte> Scratch
    {
        get
        {
            if (ThreadScratch is null || ThreadScratch.Length < _scratchBytes)
            {
                ThreadScratch = new byte[_scratchBytes];
            }

            return ThreadScratch;
        }
    }

    /// <summary>Takes all events of a body. With no fault the batch says what became of each, and its waiter is to be awaited where there is
    /// one; with a fault nothing of the body is stored.</summary>
    public FaultCode IngestBatch(Exchange exchange, EventBatch batch, ReadOnlySpan<byte> body, bool isLines, EventOrigin origin)
    {
        var group = pipeline.BeginGroup();
        var text = EdgeText.ForThisThread;
        var client = exchange.Client(addresses);
        var edge = Edge(exchange, text, client, origin, out var signals);
        var minute = group.ReceivedMinute = IntakeLedger.MinuteOf(edge.ReceivedTsMs);
        var reader = new BeaconBatchReader(body, isLines, options);
        var view = new EventView(body, Scratch);
        while (reader.MoveNext(ref view, out var fault))
        {
            if (fault.IsFault || !Finish(ref view, in edge, in signals, group, out fault))
            {
                batch.AddRejected(
                    fault.Code, fault.FieldName(ref view), reader.EventStart, reader.EventLength, ClassOf(ref view), BucketOf(ref view));
            }
            else
            {
                batch.AddAppended(view.EventId, ClassOf(ref view), BucketOf(ref view));
            }
        }

        if (reader.Refusal != FaultCode.None)
        {
            return Reject(exchange, new Rejection(reader.Refusal, minute, Ledger.UnknownClass), body, client);
        }

        if (group.EventCount > 0)
        {
            var refusal = Append(group, out var waiter);
            if (refusal != FaultCode.None)
            {
                counters.CountEvents(refusal, batch.Results.Length);
                ledger.CountBatch(batch, minute, refusal);
                return refusal;
            }

            batch.Waiter = waiter;
        }

        ledger.CountBatch(batch, minute, FaultCode.None);
        if (batch.RejectedCount > 0)
        {
            badEvents.WriteRejected(exchange, batch, body, client);
        }

        return FaultCode.None;
    }

    /// <summary>Takes the one event of a query string. With no fault the waiter is to be awaited.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="origin">What the route says about the event.</param>
    /// <param name="destinationHost">Of a click that is sent on: the host; null otherwise.</param>
    /// <param name="waiter">Completed when the event is stored.</param>
    public FaultCode IngestQuery(Exchange exchange, EventOrigin origin, string? destinationHost, out DeliveryWaiter? waiter)
    {
        var view = new EventView(default, Scratch);
        EventDecoder.DecodeQuery(exchange.Query, ref view, options, origin.ImpliedName, out var fault);
        return IngestOne(exchange, ref view, fault, default, origin, destinationHost, out waiter);
    }

    /// <summary>Takes the one event of a form body. With no fault the waiter is to be awaited.</summary>
    public FaultCode IngestForm(Exchange exchange, ReadOnlySpan<byte> body, EventOrigin origin, out DeliveryWaiter? waiter)
    {
        var view = new EventView(body, Scratch);
        EventDecoder.DecodeForm(ref view, options, origin.ImpliedName, out var fault);
        return IngestOne(exchange, ref view, fault, body, origin, null, out waiter);
    }

    /// <summary>Counts and keeps a click that was refused before its event was looked at.</summary>
    public void RefuseClick(Exchange exchange, FaultCode code, string? field)
    {
        Reject(exchange, new Rejection(code, MinuteNow(), EventTopic.Click) { Field = field }, default, exchange.Client(addresses));
    }

    /// <summary>Counts a body that was refused before it was read to its end.</summary>
    public FaultCode RefuseUnread(FaultCode code)
    {
        Count(new Rejection(code, MinuteNow(), Ledger.UnknownClass));
        return code;
    }

    /// <summary>Counts and keeps a body that does not unpack, as it came.</summary>
    public void RefusePacked(Exchange exchange, FaultCode code, ReadOnlySpan<byte> packed)
    {
        Reject(exchange, new Rejection(code, MinuteNow(), Ledger.UnknownClass) { IsPacked = true }, packed, exchange.Client(addresses));
    }

    private FaultCode IngestOne(
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
        var group = pipeline.BeginGroup();
        var minute = group.ReceivedMinute = IntakeLedger.MinuteOf(edge.ReceivedTsMs);
        if (!fault.IsFault && destinationHost is not null)
        {
            MarkRedirected(ref view, destinationHost);
        }

        if (fault.IsFault || !Finish(ref view, in edge, in signals, group, out fault))
        {
            var rejection = new Rejection(fault.Code, minute, ClassOf(ref view)) { Bucket = BucketOf(ref view), Field = fault.FieldName(ref view) };
            return Reject(exchange, rejection, body, client);
        }

        var refusal = Append(group, out waiter);
        if (refusal != FaultCode.None)
        {
            counters.CountEvents(refusal);
        }

        if (refusal != FaultCode.None && destinationHost is not null)
        {
            ledger.CountLostClick(minute, BucketOf(ref view));
        }
        else
        {
            ledger.Count(minute, ClassOf(ref view), BucketOf(ref view), refusal);
        }

        return refusal;
    }

    /// <summary>Counts a rejection and keeps what was rejected.</summary>
    private FaultCode Reject(Exchange exchange, in Rejection rejection, ReadOnlySpan<byte> body, ClientAddress client)
    {
        Count(in rejection);
        badEvents.Write(exchange, rejection.Code, rejection.Field, body, client, rejection.IsPacked);
        return rejection.Code;
    }

    private void Count(in Rejection rejection)
    {
        counters.CountEvents(rejection.Code);
        ledger.Count(rejection.Minute, rejection.Topic, rejection.Bucket, rejection.Code);
    }

    private int MinuteNow() => IntakeLedger.MinuteOf(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private bool Finish(
        scoped ref EventView view, scoped in EdgeContext edge, scoped in RequestSignals signals, GroupBuffer group, out EventFault fault)
    {
        if (!EventFinisher.Finish(ref view, in edge, out fault))
        {
            return false;
        }

        signals.Apply(ref view);
        if (group.TryBegin(ClassOf(ref view), view.PartitionKey, out var value, BucketOf(ref view)))
        {
            if (view.TryEncode(value, out var written))
            {
                group.Commit(written);
                counters.CountNormalizations(view.UnresolvedCount + view.UnresolvedBillingCount, view.RoundedCount);
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
        if (gate.IsDraining)
        {
            return FaultCode.Draining;
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

    /// <summary>The class as the ledger counts it.</summary>
    private static EventTopic ClassOf(scoped ref readonly EventView view) =>
        view.Layout is { } layout ? (EventTopic)(int)layout.Kind : Ledger.UnknownClass;

    private static byte BucketOf(scoped ref readonly EventView view) =>
        view.Layout is null ? (byte)0 : PublisherBuckets.Of(view.GetBytes(CommonField.PublisherId));

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
