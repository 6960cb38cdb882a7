using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Journal;
using AdTracking.Emitter.Journal.Files;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Memory;

namespace AdTracking.Emitter.Pipeline;

/// <summary>The parts of a pipeline that hold and move events, put together, without a thread: <see cref="EventPipeline"/> runs their steps
/// on threads, a simulation in any order it likes.</summary>
internal sealed class PipelineCore : IDisposable
{
    /// <summary>Puts the parts together and takes in what an earlier run has left in the journal. Without files there is no journal.</summary>
    /// <exception cref="JournalException">The journal cannot be used.</exception>
    public PipelineCore(PipelineOptions options, IJournalFiles? files, Func<IKafkaLog> createLog, JournalRules? rules = null)
    {
        Queue = new EventQueue(options, new Clock(options.TimeProvider));
        Budget = new InFlightBudget(options.InFlightEventsMax, options.InFlightBytesMax);
        Returned = new ReturnedEvents(Queue.Pool);
        Deliveries = new Deliveries(Queue, Map, Budget, Returned);
        Shipper = new Shipper(Queue, Map, Budget, Returned, options.SyncAfterMs);
        if (files is null)
        {
            return;
        }

        try
        {
            Queue.Journal = Journal = new SpillJournal(this, options, files, createLog, rules ?? new JournalRules());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public EventQueue Queue { get; }

    public PartitionMap Map { get; } = new();

    public InFlightBudget Budget { get; }

    public ReturnedEvents Returned { get; }

    public Deliveries Deliveries { get; }

    public Shipper Shipper { get; }

    public SpillJournal? Journal { get; }

    /// <summary>Frees the memory, when no producer can read it any more.</summary>
    public void Dispose()
    {
        Shipper.Dispose();
        Journal?.Dispose();
        Queue.Pool.Free();
    }
}
