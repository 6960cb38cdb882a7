using System.Diagnostics;
using AdTracking.Kafka.Connections;

namespace AdTracking.Kafka.Producing;

/// <summary>The producer for a program with threads: one hands records over, one polls, and any may ask for metadata. The thread that polls moves
/// everything (<see cref="ProducerCore"/>); it sleeps while there is nothing to move.</summary>
internal sealed class IdempotentProducer : IDisposable
{
    /// <summary>While something waits for its time, such as the next try or a deadline.</summary>
    private const int TimerMs = 10;

    private readonly ProducerCore _core;
    private readonly int _topics;
    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private readonly Lock _inboxGate = new();
    private readonly object _metadata = new();
    private HandOvers _inbox = new();
    private HandOvers _taken = new();
    private int[] _partitionCounts;
    private string? _fatalReason;
    private string? _clusterId;
    private string? _failure;
    private int _wanted;
    private int _read;
    private int _answers;
    private bool _isConnected;
    private bool _isWoken;
    private bool _isClosed;
    private int _held;

    /// <summary>Makes a producer, which connects when it is polled.</summary>
    public IdempotentProducer(ProducerOptions options, ConnectionSettings connections)
        : this(options, wake => address => new BrokerLink(address, connections, wake))
    {
    }

    internal IdempotentProducer(ProducerOptions options, Func<Action, Func<ServerAddress, IBrokerLink>> open)
    {
        _topics = options.Topics.Count;
        _partitionCounts = new int[_topics];
        _core = new ProducerCore(options, open(_wake.Set));
    }

    /// <summary>Why it can send nothing more, or null. What it holds is reported after <see cref="Purge"/>.</summary>
    public string? FatalReason => Volatile.Read(ref _fatalReason);

    /// <summary>The cluster's id, once known.</summary>
    public string? ClusterId => Volatile.Read(ref _clusterId);

    /// <summary>Why the last connection that broke did so, or null.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Whether a broker takes requests.</summary>
    public bool IsConnected => Volatile.Read(ref _isConnected);

    /// <summary>How many partitions a topic has; 0 while that is not known.</summary>
    public int PartitionCount(int topic) => Volatile.Read(ref _partitionCounts)[topic];

    /// <summary>Takes records of one partition, in order; their memory stays as it is until their reports. Returns whether it did: not after a
    /// fatal error, and not for a partition that is not known.</summary>
    public bool HandOver(int topic, int partition, ReadOnlySpan<OutgoingRecord> records)
    {
        if ((uint)partition >= (uint)PartitionCount(topic))
        {
            return false;
        }

        lock (_inboxGate)
        {
            if (_isClosed)
            {
                return false;
            }

            _inbox.Add(topic, partition, records);
        }

        _wake.Set();
        return true;
    }

    /// <summary>Moves everything as far as it goes, and returns how many reports were written: as soon as there are any, after <see
    /// cref="Wake"/>, after a fatal error, or when the time is over. One thread polls.</summary>
    public int Poll(Span<RecordReport> reports, int timeoutMs)
    {
        var endMs = NowMs + timeoutMs;
        while (true)
        {
            _wake.Reset(); // before it looks: what comes now is not missed
            TakeInbox();
            if (_core.FatalReason is null)
            {
                _core.Questions.MetadataWanted = Volatile.Read(ref _wanted);
                _core.Step(NowMs);
            }

            Publish();
            var count = _core.Read(reports);
            _held -= count;
            var leftMs = (int)(endMs - NowMs);
            if (count > 0 || leftMs <= 0 || _core.FatalReason is not null || Interlocked.Exchange(ref _isWoken, false))
            {
                return count;
            }

            _ = _wake.Wait(_held > 0 || _core.IsUnsettled ? Math.Min(leftMs, TimerMs) : leftMs);
        }
    }

    /// <summary>Makes a <see cref="Poll"/> that waits return.</summary>
    public void Wake()
    {
        Volatile.Write(ref _isWoken, true);
        _wake.Set();
    }

    /// <summary>Waits until the cluster has answered a question for metadata that was sent after this call. Returns whether it did in time. Some
    /// thread has to poll meanwhile.</summary>
    public bool TryRefreshMetadata(int timeoutMs)
    {
        var wanted = Interlocked.Increment(ref _wanted);
        _wake.Set();
        var endMs = NowMs + timeoutMs;
        lock (_metadata)
        {
            while (_read - wanted < 0 && FatalReason is null)
            {
                var leftMs = (int)(endMs - NowMs);
                if (leftMs <= 0 || !Monitor.Wait(_metadata, leftMs))
                {
                    break;
                }
            }

            return _read - wanted >= 0;
        }
    }

    /// <summary>Ends the sending. Polls report everything that it holds, delivered or not. Not beside a poll.</summary>
    public void Purge()
    {
        lock (_inboxGate)
        {
            _isClosed = true;
        }

        TakeInbox();
        _core.Purge();
        Publish();
    }

    /// <inheritdoc/>
    public void Dispose() => _core.Dispose();

    private static long NowMs => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    private void TakeInbox()
    {
        lock (_inboxGate)
        {
            (_inbox, _taken) = (_taken, _inbox);
        }

        for (var i = 0; i < _taken.Count; i++)
        {
            var records = _taken.Read(i, out var topic, out var partition);
            _held += records.Length;
            if (!_core.HandOver(topic, partition, records))
            {
                _core.GiveBack(records); // a fatal error came in between
            }
        }

        _taken.Clear();
    }

    private void Publish()
    {
        Volatile.Write(ref _isConnected, _core.IsConnected);
        Volatile.Write(ref _failure, _core.Failure);
        Volatile.Write(ref _clusterId, _core.ClusterId);
        if (_core.FatalReason is { } reason && FatalReason is null)
        {
            lock (_inboxGate)
            {
                _isClosed = true;
            }

            Volatile.Write(ref _fatalReason, reason);
        }

        if (_core.Questions.MetadataAnswers != _answers || _core.FatalReason is not null)
        {
            _answers = _core.Questions.MetadataAnswers;
            PublishMetadata();
        }
    }

    private void PublishMetadata()
    {
        var counts = new int[_topics];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = _core.PartitionCount(i);
        }

        Volatile.Write(ref _partitionCounts, counts);
        lock (_metadata)
        {
            _read = _core.Questions.MetadataRead;
            Monitor.PulseAll(_metadata);
        }
    }
}
