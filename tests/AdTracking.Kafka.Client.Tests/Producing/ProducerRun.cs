using AdTracking.Kafka.Client.Tests.Broker;
using AdTracking.Kafka.Producing;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>One producer and one cluster under one clock: hands records over, moves both, and checks at the end that what was reported is what
/// is in the logs.</summary>
internal sealed unsafe class ProducerRun : IDisposable
{
    private const int ValueBytes = 12;
    private readonly byte[] _memory;
    private readonly byte* _base;
    private readonly RecordReport[] _read = new RecordReport[64];
    private readonly Dictionary<long, (int Topic, int Partition)> _sent = [];
    private readonly Dictionary<long, RecordReport> _reports = [];
    private int _next;

    public ProducerRun(MemoryCluster cluster, ProducerOptions options, int recordsMax)
    {
        Cluster = cluster;
        Core = new ProducerCore(options, cluster.Open);
        _memory = GC.AllocateUninitializedArray<byte>(recordsMax * ValueBytes, pinned: true);
        fixed (byte* start = _memory)
        {
            _base = start; // pinned for its whole life
        }
    }

    /// <summary>The cluster.</summary>
    public MemoryCluster Cluster { get; }

    /// <summary>The producer.</summary>
    public ProducerCore Core { get; }

    /// <summary>The clock.</summary>
    public long NowMs { get; private set; }

    /// <summary>Whether every record has its report.</summary>
    public bool IsDone => _reports.Count == _sent.Count;

    /// <summary>The reports, by the records' numbers.</summary>
    public IReadOnlyDictionary<long, RecordReport> Reports => _reports;

    /// <summary>Hands over records of one partition; <paramref name="kind"/> is their ninth byte. Returns whether the producer took them.</summary>
    public bool HandOver(int topic, int partition, int count, Func<byte> kind)
    {
        var records = new OutgoingRecord[count];
        for (var i = 0; i < count; i++)
        {
            var number = _next + i;
            var value = _memory.AsSpan(number * ValueBytes, ValueBytes);
            value.Clear();
            BitConverter.TryWriteBytes(value, (long)number).ShouldBeTrue();
            value[8] = kind();
            records[i] = new OutgoingRecord
            {
                KeyLength = -1,
                Value = _base + (number * ValueBytes),
                ValueLength = ValueBytes,
                TimestampMs = NowMs,
                Opaque = (ulong)number,
            };
        }

        if (!Core.HandOver(topic, partition, records))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            _sent.Add(_next++, (topic, partition));
        }

        return true;
    }

    /// <summary>Lets time pass, and reads reports.</summary>
    public void Tick(int milliseconds)
    {
        NowMs += milliseconds;
        Cluster.Tick(NowMs);
        Core.Step(NowMs);
        ReadReports();
    }

    /// <summary>Lets time pass until everything is reported, or the producer has ended and is purged.</summary>
    public void Finish()
    {
        for (var limit = NowMs + 600_000; !IsDone && Core.FatalReason is null; Tick(10))
        {
            NowMs.ShouldBeLessThan(limit, "records without a report");
        }

        // What the brokers have not read yet, they read.
        Core.Purge();
        ReadReports();
        for (var i = 0; i < 50; i++)
        {
            Cluster.Tick(NowMs += 10);
        }
    }

    /// <summary>Compares reports and logs.</summary>
    public void Check()
    {
        _reports.Count.ShouldBe(_sent.Count);
        var inLogs = new Dictionary<long, (int Topic, int Partition, int Offset)>();
        for (var topic = 0; topic < Cluster.Partitions.Length; topic++)
        {
            for (var partition = 0; partition < Cluster.Partitions[topic].Length; partition++)
            {
                var log = Cluster.Partitions[topic][partition].Log;
                for (var offset = 0; offset < log.Count; offset++)
                {
                    inLogs.TryAdd(log[offset], (topic, partition, offset)).ShouldBeTrue($"record {log[offset]} is in Kafka twice");
                    (offset == 0 || log[offset - 1] < log[offset]).ShouldBeTrue($"record {log[offset]} is out of order");
                }
            }
        }

        foreach (var (number, (topic, partition)) in _sent)
        {
            var report = _reports[number];
            var isThere = inLogs.TryGetValue(number, out var place);
            (isThere ? report.Outcome is RecordOutcome.Delivered or RecordOutcome.InDoubt : report.Outcome != RecordOutcome.Delivered)
                .ShouldBeTrue($"record {number} is {(isThere ? "" : "not ")}in Kafka and was reported as {report.Outcome} {report.Error}");
            if (isThere)
            {
                (place.Topic, place.Partition).ShouldBe((topic, partition));
                (report.Offset < 0 || report.Offset == place.Offset).ShouldBeTrue($"record {number} is at {place.Offset}, not at {report.Offset}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Core.Dispose();

    private void ReadReports()
    {
        for (var count = Core.Read(_read); count > 0; count = Core.Read(_read))
        {
            foreach (var report in _read.AsSpan(0, count))
            {
                _reports.TryAdd((long)report.Opaque, report).ShouldBeTrue($"record {report.Opaque} is reported twice");
            }
        }
    }
}
