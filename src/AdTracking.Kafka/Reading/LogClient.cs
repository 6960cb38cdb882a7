using System.Runtime.InteropServices;
using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Reading;

/// <summary>Asks the leaders of partitions for offsets and records. For one thread; every call waits up to its limit. Nothing that a broker
/// does or does not answer is an exception.</summary>
internal sealed class LogClient(IReadOnlyList<ServerAddress> bootstrapServers, ConnectionSettings settings, IReadOnlyList<string> topics) : IDisposable
{
    /// <summary>The offset of a partition that cannot be listed now.</summary>
    public const long Unlisted = -1;

    /// <summary>The offset of a partition that has no record of that time or later.</summary>
    public const long None = -2;

    private const int WaitMsMax = 100;
    private readonly Dictionary<ServerAddress, BrokerSession> _sessions = [];
    private Dictionary<(int Topic, int Partition), ServerAddress> _leaders = [];
    private Guid[] _topicIds = new Guid[topics.Count];
    private ServerAddress[] _known = [];
    private bool _isStale = true;

    /// <summary>The cluster's id; null until a broker has said it.</summary>
    public string? ClusterId { get; private set; }

    private static long NowMs => Environment.TickCount64;

    /// <summary>Asks for the topic's id; empty when nobody answers in time, or the broker gives none.</summary>
    public Guid TopicId(int topic, int timeoutMs) =>
        RefreshAsync(NowMs + timeoutMs).GetAwaiter().GetResult() ? _topicIds[topic] : Guid.Empty;

    /// <summary>Lists one offset per partition: the first record not older than <paramref name="timestamp"/>, or <see
    /// cref="ListOffsetsRequest.Latest"/> or <see cref="ListOffsetsRequest.Earliest"/>. <see cref="None"/> and <see cref="Unlisted"/> say
    /// that there is none.</summary>
    public void List(IReadOnlyList<(int Topic, int Partition)> partitions, long timestamp, Span<long> offsets, int timeoutMs) =>
        ListAsync(partitions, timestamp, NowMs + timeoutMs).GetAwaiter().GetResult().CopyTo(offsets);

    /// <summary>Fetches record batches from an offset on, and appends them to <paramref name="batches"/>. The first may begin below it, and
    /// the last may be torn. Waits up to 100 ms while there is none.</summary>
    public FetchedBatches Fetch(int topic, int partition, long offset, int bytesMax, WireBuffer batches, int timeoutMs) =>
        FetchAsync(topic, partition, offset, bytesMax, batches, timeoutMs).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // What is not listed at first is asked for once more, of the leaders as they are now.
    private async Task<long[]> ListAsync(IReadOnlyList<(int Topic, int Partition)> partitions, long timestamp, long untilMs)
    {
        var offsets = new long[partitions.Count];
        Array.Fill(offsets, Unlisted);
        for (var isFresh = false; !isFresh && NowMs < untilMs && offsets.Contains(Unlisted);)
        {
            isFresh = _isStale || partitions.Any(partition => !_leaders.ContainsKey(partition));
            if (isFresh && !await RefreshAsync(untilMs))
            {
                break;
            }

            var open = Enumerable.Range(0, offsets.Length).Where(i => offsets[i] == Unlisted && _leaders.ContainsKey(partitions[i]));
            await Task.WhenAll(open.GroupBy(i => _leaders[partitions[i]]).Select(
                leader => ListAtAsync(leader.Key, partitions, [.. leader], timestamp, offsets, untilMs)));
            isFresh |= !_isStale;
        }

        return offsets;
    }

    private async Task ListAtAsync(
        ServerAddress leader, IReadOnlyList<(int Topic, int Partition)> partitions, int[] rows, long timestamp, long[] offsets, long untilMs)
    {
        foreach (var topic in rows.GroupBy(i => partitions[i].Topic))
        {
            var request = new ListOffsetsRequest(topics[topic.Key], [.. topic.Select(i => partitions[i].Partition)], timestamp);
            if (await TryAskAsync(leader, Api.ListOffsets, request.Write, untilMs) is not { } version)
            {
                _isStale = true;
                return;
            }

            try
            {
                var listed = ListOffsetsResponse.Read(SessionOf(leader).Answer, version).Offsets.ToLookup(row => row.Partition);
                foreach (var row in topic)
                {
                    var answer = listed[partitions[row].Partition].FirstOrDefault(new ListedOffset("", -1, KafkaError.NetworkException, -1, -1));
                    _isStale |= answer.Error != KafkaError.None;
                    offsets[row] = answer.Error != KafkaError.None ? Unlisted : answer.Offset >= 0 ? answer.Offset : None;
                }
            }
            catch (KafkaProtocolException)
            {
                _isStale = true;
                return;
            }
        }
    }

    private async Task<FetchedBatches> FetchAsync(
        int topic, int partition, long offset, int bytesMax, WireBuffer batches, int timeoutMs)
    {
        var untilMs = NowMs + timeoutMs;
        var nobody = new FetchedBatches(KafkaError.NetworkException, -1);
        if ((_isStale || !_leaders.ContainsKey((topic, partition))) && !await RefreshAsync(untilMs))
        {
            return nobody;
        }

        if (!_leaders.TryGetValue((topic, partition), out var leader))
        {
            return new FetchedBatches(KafkaError.UnknownTopicOrPartition, -1);
        }

        var request = new FetchRequest(topics[topic], _topicIds[topic], partition, offset, Math.Min(timeoutMs / 2, WaitMsMax), bytesMax);
        if (await TryAskAsync(leader, Api.Fetch, request.Write, untilMs) is not { } version)
        {
            _isStale = true;
            return nobody;
        }

        try
        {
            var response = FetchResponse.Read(SessionOf(leader).Answer, version, out var found);
            batches.Append(found);
            _isStale = response.Error is not (KafkaError.None or KafkaError.OffsetOutOfRange);
            return new FetchedBatches(response.Error, response.EndOffset);
        }
        catch (KafkaProtocolException)
        {
            _isStale = true;
            return nobody;
        }
    }

    // Brokers that are known, then those that were named first. Each has half of the time that is left, so that one that hangs keeps no
    // other from it.
    private async Task<bool> RefreshAsync(long untilMs)
    {
        foreach (var server in _known.Concat(bootstrapServers).Distinct())
        {
            var nowMs = NowMs;
            if (await TryAskAsync(server, Api.Metadata, new MetadataRequest(topics).Write, nowMs + ((untilMs - nowMs) / 2)) is not { } version)
            {
                continue;
            }

            try
            {
                var metadata = MetadataResponse.Read(SessionOf(server).Answer, version);
                if (metadata.Error == KafkaError.None)
                {
                    Apply(metadata);
                    return true;
                }
            }
            catch (KafkaProtocolException)
            {
                // The next one may be better.
            }
        }

        return false;
    }

    private void Apply(MetadataResponse metadata)
    {
        var addresses = metadata.Brokers.ToDictionary(broker => broker.NodeId, broker => new ServerAddress(broker.Host, broker.Port));
        var leaders = new Dictionary<(int Topic, int Partition), ServerAddress>();
        var ids = new Guid[topics.Count];
        for (var topic = 0; topic < topics.Count; topic++)
        {
            if (metadata.Topics.FirstOrDefault(row => row.Name == topics[topic] && row.Error == KafkaError.None) is not { } found)
            {
                continue;
            }

            ids[topic] = found.Id;
            foreach (var partition in found.Partitions)
            {
                if (addresses.TryGetValue(partition.LeaderId, out var leader))
                {
                    leaders[(topic, partition.Index)] = leader;
                }
            }
        }

        (_leaders, _topicIds, _known) = (leaders, ids, [.. addresses.Values]);
        ClusterId = metadata.ClusterId ?? ClusterId;
        _isStale = false;
    }

    private async Task<short?> TryAskAsync(ServerAddress server, Api api, Action<KafkaWriter, short> body, long untilMs)
    {
        using var limit = new CancellationTokenSource((int)Math.Max(1, untilMs - NowMs));
        try
        {
            return await SessionOf(server).AskAsync(api, body, limit.Token);
        }
        catch (Exception failure) when (failure is KafkaConnectionException or KafkaProtocolException)
        {
            return null;
        }
    }

    // Several leaders are asked at once.
    private BrokerSession SessionOf(ServerAddress server)
    {
        lock (_sessions)
        {
            return CollectionsMarshal.GetValueRefOrAddDefault(_sessions, server, out _) ??= new BrokerSession(server, settings);
        }
    }
}
