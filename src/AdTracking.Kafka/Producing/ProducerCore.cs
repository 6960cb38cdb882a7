using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;
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
    private readonly ProduceResponse _response = new();
    private readonly WireBuffer _frame = new();
    private readonly HashSet<int> _seen = [];
    private readonly Stack<PendingRequest> _freeRequests = new();
    private readonly Backoff _askBackoff;
    private InitProducerIdResponse _identity = new(0, KafkaError.None, -1, -1);
    private long _metadataAtMs = long.MinValue;
    private long _askMetadataAtMs;
    private long _askIdentityAtMs;
    private int _correlationId;

    /// <summary>Makes a producer; <paramref name="open"/> begins to open a link.</summary>
    public ProducerCore(ProducerOptions options, Func<ServerAddress, IBrokerLink> open)
    {
        _options = options;
        _open = open;
        _cluster = new ProducerCluster(options);
        var free = new Stack<OpenBatch>();
        _answers = new ProduceAnswers(_reports, free);
        _builder = new ProduceRequestBuilder(options, _cluster, _reports, free);
        _askBackoff = new Backoff(options.BackoffMs, options.BackoffMaxMs, options.Random);
    }

    /// <summary>Why it can send nothing more, or null. What it holds is reported by <see cref="Purge"/>.</summary>
    public string? FatalReason => _answers.FatalReason;

    /// <summary>The cluster's id, once known.</summary>
    public string? ClusterId => _cluster.ClusterId;

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

            Free(request);
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
                ReadProduced(request);
                throttleMs = _response.ThrottleMs;
                break;
            case ApiKey.Metadata:
                var metadata = MetadataResponse.Read(_frame.Written, request.Version);
                _cluster.Apply(metadata);
                _metadataAtMs = nowMs;
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
            ApplyProduced(request, nowMs);
        }

        Free(request);
    }

    // Every batch has its row, once, before any of them counts.
    private void ReadProduced(PendingRequest request)
    {
        _response.Read(_frame.Written, request.Version);
        _seen.Clear();
        foreach (var row in _response.Partitions)
        {
            if (request.IndexOf(row) is not (>= 0 and var at) || !_seen.Add(at))
            {
                throw new KafkaProtocolException("An answer is about a partition that was not asked for.");
            }
        }

        if (_seen.Count < request.Batches.Count)
        {
            throw new KafkaProtocolException("An answer leaves a partition out.");
        }
    }

    private void ApplyProduced(PendingRequest request, long nowMs)
    {
        foreach (var endpoint in _response.Leaders)
        {
            _cluster.Apply(endpoint);
        }

        foreach (var row in _response.Partitions)
        {
            var (partition, batch, _) = request.Batches[request.IndexOf(row)];
            _answers.Apply(partition, batch, row, nowMs);
            if (row.LeaderId >= 0 && row.LeaderEpoch > partition.LeaderEpoch && _cluster.Find(row.LeaderId) is not null)
            {
                partition.LeaderId = row.LeaderId;
                partition.LeaderEpoch = row.LeaderEpoch;
                partition.RetryNow();
            }
            else if (ErrorKinds.IsAboutLeaders(row.Error))
            {
                _cluster.IsStale = true;
            }
        }
    }

    // Metadata and the identity are asked for on any link that is ready; when there is none, one more is opened.
    private void Ask(long nowMs)
    {
        var wantsMetadata = _cluster.IsStale || nowMs - _metadataAtMs >= _options.MetadataAgeMaxMs;
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
            Send(ready, Api.Metadata, NewRequest(), nowMs);
        }

        if (wantsIdentity && nowMs >= _askIdentityAtMs && !IsAsked(Api.InitProducerId))
        {
            _askIdentityAtMs = nowMs + _askBackoff.Fail();
            Send(ready, Api.InitProducerId, NewRequest(), nowMs);
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
            var request = NewRequest();
            if (!_builder.Gather(broker, request, _identity, nowMs))
            {
                _freeRequests.Push(request);
                return;
            }

            Send(broker, Api.Produce, request, nowMs);
        }
    }

    private short OldestProduce => _options.Compression == RecordCompression.Zstd ? Api.ProduceZstdFrom : Api.Produce.Oldest;

    private bool Leads(ProducerBroker broker) => _cluster.Topics.Any(topic => topic.Partitions.Exists(
        partition => partition.LeaderId == broker.NodeId && (partition.Queue.Count > 0 || partition.Open.Count > 0)));

    private void Send(ProducerBroker broker, Api api, PendingRequest request, long nowMs)
    {
        var version = broker.Link!.Versions!.Best(api);
        if (api == Api.Produce && version >= 13 && request.Batches.Exists(row => row.TopicId == Guid.Empty))
        {
            version = 12;
        }

        request.Api = api;
        request.Version = version ?? 0;
        request.CorrelationId = _correlationId++;
        request.DeadlineMs = nowMs + _options.RequestTimeoutMs;
        broker.Pending.Enqueue(request);
        if (version is null || (api == Api.Produce && version < OldestProduce))
        {
            _answers.Die($"{broker.Address} takes no version of {api.Key} that is spoken here");
            return;
        }

        _frame.Clear();
        var writer = RequestFrame.Begin(_frame, api, request.Version, request.CorrelationId, _options.ClientId);
        switch (api.Key)
        {
            case ApiKey.Produce:
                _builder.Write(writer, request);
                break;
            case ApiKey.Metadata:
                new MetadataRequest(_options.Topics).Write(writer, request.Version);
                break;
            default:
                InitProducerIdRequest.Write(writer, request.Version);
                break;
        }

        RequestFrame.End(_frame, 0);
        broker.Link.Send(_frame.Written);
    }

    private PendingRequest NewRequest() => _freeRequests.TryPop(out var request) ? request : new PendingRequest();

    private void Free(PendingRequest request)
    {
        request.Batches.Clear();
        _freeRequests.Push(request);
    }
}
