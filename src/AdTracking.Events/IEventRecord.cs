using AdTracking.Avro.Records;
using AdTracking.Events.Decoding;
using AdTracking.Events.Layout;

namespace AdTracking.Events;

/// <summary>What the event classes for developers can do beyond <see cref="IAvroRecord{TSelf}"/>.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface IEventRecord<TSelf> : IAvroRecord<TSelf>
    where TSelf : IEventRecord<TSelf>
{
    /// <summary>The table that the hot path uses.</summary>
    static abstract EventLayout Layout { get; }

    /// <summary>Sets a view to this event, field by field, through the rules that events from outside go through.</summary>
    /// <param name="view">A view that was begun with <see cref="Layout"/>.</param>
    /// <param name="fill">Sets the fields, and keeps the faults.</param>
    void Fill(ref EventView view, ref RecordFill fill);
}
