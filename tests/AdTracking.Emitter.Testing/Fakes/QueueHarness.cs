using System.Text;
using AdTracking.Emitter.DeadLetters;
using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Queue, shipper and deliveries without threads: every step is taken by the test.</summary>
internal sealed class QueueHarness : IDisposable
{
    public static readonly SchemaIdTable Ids = new([1, 2, 3, 4, 5, 6]);
    private readonly DeliveryReport[] _reports = new DeliveryReport[1_024];
    private readonly GroupBuffer _buffer = new(Ids);
    private readonly PipelineCore _core;

    public QueueHarness(PipelineOptions? options = null, int partitions = 4)
    {
        options ??= Options();
        _core = PipelineCore.Open(options, files: null, () => throw new NotSupportedException("Without a journal nothing is looked for."));
        Log = new MemoryLog();
        Partitions = partitions;
        Producer = new MemoryProducer(partitions, Log) { Appended = CheckMark };
        Shipper.Use(Producer);
        Span<int> counts = stackalloc int[EventTopics.Count];
        counts.Fill(partitions);
        Map.Update(counts);
        foreach (var partition in Map.Current.All)
        {
            partition.List(lastOffset: -1);
        }

        Time = (ManualTime)options.TimeProvider;
    }

    public EventQueue Queue => _core.Queue;

    public BlockPool Pool => _core.Pool;

    public WaiterTable Waiters => _core.Waiters;

    public Clock Clock => _core.Clock;

    public Ledger Ledger => _core.Ledger;

    public DeadLetterQueue DeadLetters => _core.DeadLetters;

    public PartitionMap Map => _core.Map;

    public InFlightBudget Budget => _core.Budget;

    public Deliveries Deliveries => _core.Deliveries;

    public Shipper Shipper => _core.Shipper;

    public MemoryProducer Producer { get; private set; }

    public MemoryLog Log { get; }

    public ManualTime Time { get; }

    public int Partitions { get; }

    public static PipelineOptions Options() => new()
    {
        BootstrapServers = "memory",
        SchemaIds = SchemaIds.Fixed(Ids),
        TimeProvider = new ManualTime(),
        QueueBytesMax = 8 * 1024 * 1024,
        Lanes = 2,
        InFlightEventsMax = 512,
        RequestDeadline = TimeSpan.FromSeconds(2),
    };

    /// <summary>Appends a group of text events, all of them or none.</summary>
    public Admission Append(DeliveryWaiter? waiter, params ReadOnlySpan<(EventTopic Topic, string Key, string Value)> events)
    {
        _buffer.Clear(Ids);
        foreach ((var topic, var key, var value) in events)
        {
            if (!_buffer.TryBegin(topic, Encoding.UTF8.GetBytes(key), out var span))
            {
                return Admission.TooLarge;
            }

            _buffer.Commit(Encoding.UTF8.GetBytes(value, span));
        }

        if (Shipper.RefusesStalled && Map.Current.HasStalled(_buffer))
        {
            return Admission.QueueFull;
        }

        return Queue.TryAppend(_buffer, waiter);
    }

    /// <summary>Works in what the producer has reported.</summary>
    public int Deliver()
    {
        var total = 0;
        int count;
        while ((count = Producer.Poll(_reports, 0)) > 0)
        {
            Deliveries.Process(_reports.AsSpan(0, count));
            total += count;
        }

        return total;
    }

    /// <summary>Ends the producer as the delivery thread does after a fatal error, and goes on with a new one.</summary>
    public void ReplaceProducer()
    {
        Shipper.Use(null);
        Producer.Die("test");
        Producer.Purge();
        Deliver();
        Budget.Events.ShouldBe(0);
        Producer = new MemoryProducer(Partitions, Log)
        {
            Refusal = Producer.Refusal,
            IsBadRecord = Producer.IsBadRecord,
            Immediate = Producer.Immediate,
            Appended = CheckMark,
        };
        Shipper.Use(Producer);
    }

    /// <summary>Ticks, answers and moves the clock until nothing waits any more.</summary>
    public void RunToRest()
    {
        for (var round = 0; Queue.WaitingBytes > 0; round++)
        {
            round.ShouldBeLessThan(200_000, $"{Queue.WaitingBytes} bytes still wait");
            Shipper.Tick();
            Producer.AnswerAll();
            Deliver();
            Time.Advance(100);
        }
    }

    public long Total(EventOutcome outcome) => Ledger.Totals().Sum(cell => cell[outcome]);

    public long Accepted() => Ledger.Totals().Sum(cell => cell[LedgerColumn.Accepted]);

    // The mark rule: whatever a block holds gets offsets above the block's mark. After a crash the log is read from there.
    private unsafe void CheckMark(ulong reference, long offset)
    {
        var header = Pool.Resolve(reference, out var block);
        block.Mark.IsTaken.ShouldBeTrue();
        offset.ShouldBeGreaterThan(block.Mark.Offsets[header->PartitionIndex], "the mark bounds the block's events from below");
    }

    public void Dispose() => _core.Dispose();
}
