using System.Runtime.CompilerServices;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Finishing;

/// <summary>Completes a decoded event with what only the gateway knows, gives it its id, decides whether it can be billed, and rejects it
/// when something mandatory is missing. Afterwards the event can be encoded.</summary>
[SkipLocalsInit]
public static class EventFinisher
{
    /// <summary>Completes the event.</summary>
    /// <param name="view">A decoded event without a fault.</param>
    /// <param name="edge">What the gateway knows.</param>
    /// <param name="fault">Why the event is rejected, if it is.</param>
    /// <returns>False with a fault.</returns>
    public static bool Finish(scoped ref EventView view, scoped in EdgeContext edge, out EventFault fault)
    {
        var layout = view.CurrentLayout ?? throw new InvalidOperationException("No event was decoded into the view.");
        fault = Mandatory(ref view, layout);
        if (fault.IsFault)
        {
            return false;
        }

        var enoughRoom = Identify(ref view, layout.Known, edge.ReceivedTsMs) && Stamp(ref view, layout, in edge)
            && Request(ref view, layout, in edge) && Bill(ref view, layout.Known);
        if (!enoughRoom)
        {
            fault = new EventFault(FaultCode.EventTooLarge);
        }

        return enoughRoom;
    }

    private static EventFault Mandatory(scoped ref EventView view, EventLayout layout)
    {
        var known = layout.Known;
        if (!view.Has(known.PublisherId))
        {
            return EventFault.Of(view.PublisherIdUnresolved ? FaultCode.UnresolvedMacro : FaultCode.MissingField, known.PublisherId);
        }

        if (!view.Has(known.AdServingId) && !view.AdServingIdUnresolved)
        {
            return EventFault.Of(FaultCode.MissingField, known.AdServingId);
        }

        if (known.Seq >= 0 && view.Name is { Repeats: true } && !view.Has(known.Seq))
        {
            return EventFault.Of(FaultCode.MissingField, known.Seq);
        }

        return EventFault.None;
    }

    /// <summary>The sender's id, or one derived from the event's content, or a new one where that content is unknown.</summary>
    private static bool Identify(scoped ref EventView view, KnownFields known, long receivedTsMs)
    {
        var idSource = known.IdSourceClient;
        if (!view.Has(known.EventId))
        {
            Span<byte> id = stackalloc byte[EventIds.GeneratedLength];
            if (view.AdServingIdUnresolved)
            {
                idSource = known.IdSourceGenerated;
                EventIds.Generate(receivedTsMs, id);
            }
            else
            {
                idSource = known.IdSourceDerived;
                id = id[..EventIds.DerivedLength];
                long? seq = known.Seq >= 0 && view.Has(known.Seq) ? view.GetLong(known.Seq) : null;
                if (!EventIds.TryDerive(
                    view.GetBytes(known.PublisherId), view.GetBytes(known.AdServingId), view.GetBytes(known.EventName), seq, id))
                {
                    return false;
                }
            }

            if (!view.TrySetBytes(known.EventId, id))
            {
                return false;
            }
        }

        view.SetLong(known.IdSource, idSource);
        // A macro must not become a key: the event's own id stands in, the same on a repetition if the sender gave it.
        return !view.AdServingIdUnresolved || view.TrySetBytes(known.AdServingId, view.GetBytes(known.EventId));
    }

    private static bool Stamp(scoped ref EventView view, EventLayout layout, scoped in EdgeContext edge)
    {
        var known = layout.Known;
        view.SetLong(known.ReceivedTs, edge.ReceivedTsMs);
        view.SetLong(known.SchemaRev, layout.Revision);
        if (edge.TrackingMethod != 0 && !view.Has(known.TrackingMethod))
        {
            view.SetLong(known.TrackingMethod, edge.TrackingMethod);
        }

        if (known.EngagementGroup >= 0 && view.Name is { Group: >= 0 } name && !view.Has(known.EngagementGroup))
        {
            view.SetLong(known.EngagementGroup, name.Group);
        }

        if (known.BillingSource >= 0 && edge.BillingSource >= 0 && !view.Has(known.BillingSource))
        {
            view.SetLong(known.BillingSource, edge.BillingSource);
        }

        return view.TrySetBytes(known.EdgeId, edge.EdgeId);
    }

    /// <summary>What the request itself says; what the event says about the same thing takes precedence.</summary>
    private static bool Request(scoped ref EventView view, EventLayout layout, scoped in EdgeContext edge)
    {
        var known = layout.Known;
        if (edge.ServerSide >= 0 && !view.Has(known.ServerSide))
        {
            view.SetLong(known.ServerSide, edge.ServerSide);
        }

        if (!edge.Ip.IsEmpty)
        {
            if (edge.IpTruncated)
            {
                view.SetLong(known.IpTruncated, 1);
            }

            view.SetLong(known.IpSource, edge.IpSource);
            if (!view.TrySetBytes(known.Ip, edge.Ip))
            {
                return false;
            }
        }

        return Header(ref view, layout, known.UserAgent, edge.UserAgent) && Header(ref view, layout, known.Referer, edge.Referer)
            && Header(ref view, layout, known.Origin, edge.Origin);
    }

    /// <summary>A header is cut to the field's limit: the sender of the event did not choose it.</summary>
    private static bool Header(scoped ref EventView view, EventLayout layout, int index, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || view.Has(index))
        {
            return true;
        }

        var length = Math.Min(value.Length, layout.Checks[index].LengthMax);
        // Not inside a character: back to the byte that starts one.
        if (length < value.Length)
        {
            while (length > 0 && (value[length] & 0xC0) == 0x80)
            {
                length--;
            }
        }

        return view.TrySetBytes(index, value[..length]);
    }

    private static bool Bill(scoped ref EventView view, KnownFields known)
    {
        if (view.Withheld == NotBillable.No && known.Test >= 0 && view.GetLong(known.Test) != 0)
        {
            view.Withheld = NotBillable.Test;
        }

        if (view.Withheld == NotBillable.No)
        {
            view.SetLong(known.Billable, 1);
            return true;
        }

        return view.TrySetBytes(known.NotBillableReason, NotBillableReasons.Text(view.Withheld));
    }
}
