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
    private readonly Backoff _askBackoff;
    private InitProducerIdResponse _identity = new(0, KafkaError.None, -1, -1);
    private long _metadataAtMs = long.MinValue;
    private long _askMetadataAtMs;
    private long _askIdentityAtMs;

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
        _askBackoff = new Backoff(options.BackoffMs, options.BackoffMaxMs, options.Random);
    }

    /// <summary>Why it can send nothing more, or null. What it holds is reported by <see cref="Purge"/>.</summary>
    public string? FatalReason => _answers.FatalReason;

    /// <summary>The cluster's id, once known.</summary>
    public string? ClusterId => _cluster.ClusterId;

    /// <summary>Why the last connection that broke did so, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether there is anything to do by time alone: something is not known yet, or waits for its next try.</summary>
    public bool IsUnsettled => _cluster.IsStale || _identity.ProducerId < 0 || MetadataWanted != MetadataRead;

    /// <summary>Whoever counts this up has the cluster's metadata asked for once more.</summary>
    public int MetadataWanted { get; set; }

    /// <summary>What <see cref="MetadataWanted"/> was when the last question that was answered went out.</summary>
    public int MetadataRead { get; private set; }

    /// <summary>Answers about the cluster so far.</summary>
    public int MetadataAnswers { get; private set; }

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
            Ask(nowMs);
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
        catch (KafkaProtocolException)
        {
            isBroken = true;
        }

        if (isBroken || (broker.Pending.TryPeek(out var oldest) && nowMs >= oldest.DeadlineMs))
        {
            Cut(broker, nowMs);
        }
    }

    private void Cut(ProducerBroker broker, long nowMs)
    {
        Failure = broker.Link!.Failure ?? $"{broker.Address} does not answer.";
        broker.Link.Dispose();
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
                var metadata = MetadataResponse.Read(_frame.Written, request.Version);
                _cluster.Apply(metadata);
                _metadataAtMs = nowMs;
                MetadataRead = metadata.Error == KafkaError.None ? request.Wanted : MetadataRead;
                MetadataAnswers++;
                if (!_cluster.IsStale)
                {
                    _askBackoff.Succeed();
                }

                throttleMs = metadata.ThrottleMs;
                break;
            default:
                var identity = InitProducerIdResponse.Read(_frame.Written, request.Version);
                _identity = identity.Error == KafkaError.None ? identity : _identity;
                throttleMs = identity.ThrottleMs;
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

    // Metadata and the identity are asked for on any link that is ready; when there is none, one more is opened.
    private void Ask(long nowMs)
    {
        var wantsMetadata = _cluster.IsStale || MetadataWanted != MetadataRead || nowMs - _metadataAtMs >= _options.MetadataAgeMaxMs;
        var wantsIdentity = _identity.ProducerId < 0;
        if (!wantsMetadata && !wantsIdentity)
        {
            return;
        }

        var ready = _cluster.Brokers.Where(broker => broker.IsReady).MinBy(broker => broker.Pending.Count);
        if (ready is null)
        {
            if (!_cluster.Brokers.Any(broker => broker.Link is { State: LinkState.Opening }) && _cluster.NextToOpen(nowMs) is { } next)
            {
                next.Link = _open(next.Address);
            }

            return;
        }

        if (wantsMetadata && nowMs >= _askMetadataAtMs && !IsAsked(Api.Metadata))
        {
            _askMetadataAtMs = nowMs + _askBackoff.Fail();
            var request = _requests.Rent();
            request.Wanted = MetadataWanted;
            _requests.Send(ready, Api.Metadata, request, nowMs);
        }

        if (wantsIdentity && nowMs >= _askIdentityAtMs && !IsAsked(Api.InitProducerId))
        {
            _askIdentityAtMs = nowMs + _askBackoff.Fail();
            _requests.Send(ready, Api.InitProducerId, _requests.Rent(), nowMs);
        }
    }

    private bool IsAsked(Api api) => _cluster.Brokers.Any(broker => broker.Pending.Any(request => request.Api == api));

    private void Produce(ProducerBroker broker, long nowMs)
    {
        if (broker.NodeId < 0 || _identity.ProducerId < 0 || nowMs < broker.MutedUntilMs)
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
            if (!_builder.Gather(broker, request, _identity, nowMs))
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
