using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Producing;

/// <summary>An idempotent producer without threads: whoever owns it hands records over, calls <see cref="Step"/>, and reads reports. One request
/// carries batches of all partitions that a broker leads.</summary>
/// <remarks>
/// It has one identity (producer id and epoch) for its whole life. Where Kafka's protocol would go on under another epoch, it ends (<see
/// cref="FatalReason"/>), and <see cref="Purge"/> tells for every record whether it is certainly not in Kafka or in doubt: what is in doubt
/// must be looked for in Kafka's log before it is sent again. It never gives a record up by itself because of time.
/// </remarks>
internal sealed class ProducerCore : IDisposable
{
    private readonly ProducerOptions _options;
    private readonly Func<ServerAddress, IBrokerLink> _open;
    private readonly ProducerCluster _cluster;
    private readonly ReportQueue _reports = new();
    private readonly ProduceAnswers _answers;
    private readonly ProduceRequestBuilder _builder;
    private readonly ProduceReply _produced;
    private readonly WireBuffer _frame = new();
    private readonly RequestSender _requests;

    /// <summary>Makes a producer; <paramref name="open"/> begins to open a link.</summary>
    public ProducerCore(ProducerOptions options, Func<ServerAddress, IBrokerLink> open)
    {
        _options = options;
        _open = open;
        _cluster = new ProducerCluster(options);
        var free = new Stack<OpenBatch>();
        _answers = new ProduceAnswers(_reports, free);
        _builder = new ProduceRequestBuilder(options, _cluster, _reports, free);
        _produced = new ProduceReply(_cluster, _answers);
        _requests = new RequestSender(options, _builder, _answers);
        Questions = new ClusterQuestions(options, _cluster, _requests, open);
    }

    /// <summary>Why it can send nothing more, or null. What it holds is reported by <see cref="Purge"/>.</summary>
    public string? FatalReason => _answers.FatalReason;

    /// <summary>The cluster's id, once known.</summary>
    public string? ClusterId => _cluster.ClusterId;

    /// <summary>Whether a broker takes requests.</summary>
    public bool IsConnected => _cluster.Brokers.Exists(broker => broker.IsReady);

    /// <summary>Why the last connection that broke did so, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether there is anything to do by time alone: something is not known yet.</summary>
    public bool IsUnsettled => Questions.AreOpen;

    /// <summary>What is known of the cluster, and what is asked.</summary>
    public ClusterQuestions Questions { get; }

    /// <summary>Whether something that was sent waits to be sent again.</summary>
    public bool IsRetrying => _cluster.Topics.Any(topic => topic.Partitions.Exists(partition => partition.HasRetry));

    /// <summary>How many partitions a topic has; 0 while that is not known.</summary>
    public int PartitionCount(int topic) => _cluster.Topics[topic].Partitions.Count;

    /// <summary>Takes records of one partition, in order. Returns whether it did: not after a fatal error, and not for a partition that is not
    /// known.</summary>
    public bool HandOver(int topic, int partition, ReadOnlySpan<OutgoingRecord> records)
    {
        if (FatalReason is not null || (uint)partition >= (uint)PartitionCount(topic))
        {
            return false;
        }

        _cluster.Topics[topic].Partitions[partition].Queue.AddLast(records);
        return true;
    }

    /// <summary>Reports records that it did not take.</summary>
    public void GiveBack(ReadOnlySpan<OutgoingRecord> records)
    {
        foreach (ref readonly var record in records)
        {
            _reports.Add(record, RecordOutcome.Returned, KafkaError.NetworkException);
        }
    }

    /// <summary>Reads reports.</summary>
    public int Read(Span<RecordReport> reports) => _reports.Read(reports);

    /// <summary>Moves everything as far as it goes without waiting. <paramref name="nowMs"/> never goes back.</summary>
    public void Step(long nowMs)
    {
        for (var i = 0; i < _cluster.Brokers.Count; i++)
        {
            Receive(_cluster.Brokers[i], nowMs); // an answer may add brokers
        }

        if (FatalReason is null)
        {
            Questions.Ask(nowMs);
            foreach (var broker in _cluster.Brokers)
            {
                Produce(broker, nowMs);
            }
        }
    }

    /// <summary>Reports everything that it holds, delivered or not. It sends nothing more.</summary>
    public void Purge()
    {
        _answers.Die("purged");
        foreach (var broker in _cluster.Brokers)
        {
            broker.Link?.Dispose();
            broker.Link = null;
            broker.Pending.Clear();
        }

        foreach (var partition in _cluster.Topics.SelectMany(topic => topic.Partitions))
        {
            _answers.Purge(partition);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var broker in _cluster.Brokers)
        {
            broker.Link?.Dispose();
        }

        _builder.Dispose();
        _requests.Dispose();
        _frame.Dispose();
    }

    private void Receive(ProducerBroker broker, long nowMs)
    {
        if (broker.Link is not { } link)
        {
            return;
        }

        // Before the answers: those that came before the break are still there.
        var isBroken = link.State == LinkState.Broken;
        try
        {
            for (_frame.Clear(); link.TryReceive(_frame); _frame.Clear())
            {
                Answer(broker, nowMs);
            }
        }
        catch (KafkaProtocolException broken)
        {
            Cut(broker, broken.Message, nowMs);
            return;
        }

        if (isBroken || (broker.Pending.TryPeek(out var oldest) && nowMs >= oldest.DeadlineMs))
        {
            Cut(broker, link.Failure ?? "the answer is overdue", nowMs);
        }
    }

    private void Cut(ProducerBroker broker, string reason, long nowMs)
    {
        Failure = $"{broker.Address}: {reason}";
        broker.Link!.Dispose();
        broker.Link = null;
        broker.Fail(nowMs);
        _cluster.IsStale = true;
        while (broker.Pending.TryDequeue(out var request))
        {
            foreach (var (partition, batch, _) in request.Batches)
            {
                _answers.Lose(partition, batch, nowMs);
            }

            _requests.Return(request);
        }
    }

    private void Answer(ProducerBroker broker, long nowMs)
    {
        var correlationId = RequestFrame.CorrelationIdOf(_frame.Written);
        if (!broker.Pending.TryPeek(out var request) || request.CorrelationId != correlationId)
        {
            throw new KafkaProtocolException("An answer is not to the oldest request.");
        }

        var throttleMs = 0;
        switch (request.Api.Key)
        {
            case ApiKey.Produce:
                throttleMs = _produced.Read(_frame.Written, request);
                break;
            case ApiKey.Metadata:
                throttleMs = Questions.ReadMetadata(_frame.Written, request, nowMs);
                break;
            default:
                throttleMs = Questions.ReadIdentity(_frame.Written, request);
                break;
        }

        _ = broker.Pending.Dequeue();
        broker.Succeed();
        broker.MutedUntilMs = Math.Max(broker.MutedUntilMs, nowMs + throttleMs);
        if (request.Api == Api.Produce)
        {
            _produced.Apply(request, nowMs);
        }

        _requests.Return(request);
    }

    private void Produce(ProducerBroker broker, long nowMs)
    {
        if (broker.NodeId < 0 || Questions.Identity.ProducerId < 0 || nowMs < broker.MutedUntilMs)
        {
            return;
        }

        if (!broker.IsReady)
        {
            if (broker.Link is null && nowMs >= broker.OpenAtMs && Leads(broker))
            {
                broker.Link = _open(broker.Address);
            }

            return;
        }

        while (broker.Pending.Count < _options.InFlightMax)
        {
            var request = _requests.Rent();
            if (!_builder.Gather(broker, request, Questions.Identity, nowMs))
            {
                _requests.Return(request);
                return;
            }

            _requests.Send(broker, Api.Produce, request, nowMs);
        }
    }

    private bool Leads(ProducerBroker broker) => _cluster.Topics.Any(topic => topic.Partitions.Exists(
        partition => partition.LeaderId == broker.NodeId && (partition.Queue.Count > 0 || partition.Open.Count > 0)));
}
