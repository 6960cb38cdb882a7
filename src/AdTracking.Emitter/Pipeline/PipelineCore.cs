using AdTracking.Emitter.DeadLetters;
using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Pipeline;

/// <summary>The parts of a pipeline that hold and move events, put together, without a thread: <see cref="EventPipeline"/> runs their steps
/// on threads, a simulation in any order it likes. Each part gets what it works with when it is made.</summary>
internal sealed class PipelineCore : IDisposable
{
    private PipelineCore(PipelineOptions options, IJournalFiles? files, Func<IKafkaLog> createLog, JournalRules rules)
    {
        Clock = new Clock(options.TimeProvider);
        Ledger = options.Ledger;
        Map = new PartitionMap(options.SchemaIds.Topics);
        var blocks = Math.Max(4, (int)(options.QueueBytesMax / options.BlockBytes));
        Pool = new BlockPool(blocks, BlockPool.ReservedBlocks, files is null ? 0 : BlockPool.ReadBackBlocks, options.BlockBytes);
        Waiters = new WaiterTable(options.InlineContinuations);
        Queue = new EventQueue(Clock, Pool, Waiters, Ledger, Batches, options.Lanes, (long)options.RequestDeadline.TotalMilliseconds);
        Budget = new InFlightBudget(options.InFlightEventsMax, options.InFlightBytesMax, Health);
        Returned = new ReturnedEvents(Pool);
        DeadLetters = new DeadLetterQueue(Queue, Pool, Waiters, options.DeadLetters);
        if (files is not null)
        {
            Gate = new ReconcileGate(Clock, options.ReconcileAfterMs);
            InDoubt = new InDoubtEvents(Pool, Gate);
            Marks = new Marks(Map, options.Topics);
            JournalBlocks = new ReturnedBlocks(ShipperSignal);
            Journal = NewJournal(options.Journal, files, rules);
            Reconciler = NewReconciler(options, files, rules, createLog);
        }

        Deliveries = NewDeliveries();
        Shipper = NewShipper(options);
    }

    public Clock Clock { get; }

    public Ledger Ledger { get; }

    public BlockPool Pool { get; }

    public WaiterTable Waiters { get; }

    public BatchTable Batches { get; } = new();

    public EventQueue Queue { get; }

    public PartitionMap Map { get; }

    public DeliveryHealth Health { get; } = new();

    public InFlightBudget Budget { get; }

    public ReturnedEvents Returned { get; }

    public DeadLetterQueue DeadLetters { get; }

    public Deliveries Deliveries { get; }

    public Shipper Shipper { get; }

    /// <summary>Wakes the shipper.</summary>
    public WakeSignal ShipperSignal { get; } = new();

    /// <summary>Wakes the journal.</summary>
    public WakeSignal JournalSignal { get; } = new();

    /// <summary>The journal; null when there is none, and so are the parts below.</summary>
    public SpillJournal? Journal { get; }

    public ReturnedBlocks? JournalBlocks { get; }

    public InDoubtEvents? InDoubt { get; }

    public ReconcileGate? Gate { get; }

    public Marks? Marks { get; }

    public Reconciler? Reconciler { get; }

    private JournalCounters Counters { get; } = new();

    /// <summary>Puts the parts together and looks what an earlier run has left in the journal. Without files there is no journal.</summary>
    /// <exception cref="JournalException">The journal cannot be used.</exception>
    public static PipelineCore Open(PipelineOptions options, IJournalFiles? files, Func<IKafkaLog> createLog, JournalRules? rules = null)
    {
        var core = new PipelineCore(options, files, createLog, rules ?? new JournalRules());
        try
        {
            core.Journal?.Found.Look();
            return core;
        }
        catch
        {
            core.Dispose();
            throw;
        }
    }

    /// <summary>Frees the memory, when no producer can read it any more.</summary>
    public void Dispose()
    {
        Shipper.Dispose();
        Reconciler?.Dispose();
        Journal?.Dispose();
        Pool.Free();
        ShipperSignal.Dispose();
        JournalSignal.Dispose();
    }

    private Deliveries NewDeliveries() => new(new DeliveriesParts
    {
        Clock = Clock,
        Queue = Queue,
        Pool = Pool,
        Map = Map,
        Budget = Budget,
        Health = Health,
        Returned = Returned,
        DeadLetters = DeadLetters,
        InDoubt = InDoubt,
    });

    private Shipper NewShipper(PipelineOptions options) => new(new ShipperParts
    {
        Clock = Clock,
        Queue = Queue,
        Pool = Pool,
        Map = Map,
        Budget = Budget,
        Health = Health,
        Returned = Returned,
        DeadLetters = DeadLetters,
        Batches = Batches,
        JournalBlocks = JournalBlocks,
        SyncAfterMs = options.SyncAfterMs,
    });

    private SpillJournal NewJournal(JournalOptions options, IJournalFiles files, JournalRules rules) => new(
        new JournalParts
        {
            Clock = Clock,
            Queue = Queue,
            Pool = Pool,
            Waiters = Waiters,
            Ledger = Ledger,
            Batches = Batches,
            Counters = Counters,
            Health = Health,
            Routes = Map,
            Marks = Marks!,
            Blocks = JournalBlocks!,
            InDoubt = InDoubt!,
            Gate = Gate!,
            Files = files,
            Rules = rules,
        },
        options);

    private Reconciler NewReconciler(PipelineOptions options, IJournalFiles files, JournalRules rules, Func<IKafkaLog> createLog) => new(new ReconcilerParts
    {
        Files = files,
        Clock = Clock,
        Gate = Gate!,
        Queue = Queue,
        Map = Map,
        Batches = Batches,
        Indexer = new BatchIndexer(files, Queue, Ledger, Batches, Counters),
        Counters = Counters,
        Marks = Marks!,
        Names = options.Topics,
        Rules = rules,
        CreateLog = createLog,
        Journal = JournalSignal,
        Logger = options.Logger,
    });
}
