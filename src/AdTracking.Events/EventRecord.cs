using System.Buffers;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;

namespace AdTracking.Events;

/// <summary>What the event classes for developers share: their way through the rules of the hot path.</summary>
public static class EventRecord
{
    /// <summary>Everything in the sender's fields that the hot path would reject; empty when nothing is wrong. Fields that the gateway
    /// fills may be missing.</summary>
    /// <typeparam name="T">Event class.</typeparam>
    /// <param name="record">The event.</param>
    public static IReadOnlyList<EventFault> Validate<T>(T record)
        where T : IEventRecord<T>
    {
        var faults = new List<EventFault>();
        var scratch = ArrayPool<byte>.Shared.Rent(EventView.ScratchBytes);
        try
        {
            var view = new EventView(default, scratch);
            Fill(record, ref view, new RecordFill(faults));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }

        return faults;
    }

    /// <summary>Sets a view to this event, so that it can be finished and encoded like one from outside. Fields that hold their default are
    /// left unset. Allocates nothing.</summary>
    /// <typeparam name="T">Event class.</typeparam>
    /// <param name="record">The event.</param>
    /// <param name="view">A view with <see cref="EventView.ScratchBytes"/> of scratch; what it held is forgotten.</param>
    /// <param name="fault">The first thing that is wrong with the event.</param>
    public static bool TryFill<T>(T record, ref EventView view, out EventFault fault)
        where T : IEventRecord<T>
    {
        fault = Fill(record, ref view, new RecordFill(null));
        return !fault.IsFault;
    }

    private static EventFault Fill<T>(T record, ref EventView view, RecordFill fill)
        where T : IEventRecord<T>
    {
        view.Begin(T.Layout);
        record.Fill(ref view, ref fill);
        fill.Required(ref view, T.Layout);
        return fill.First;
    }
}
