using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>Brokers in memory that speak the real bytes. Everything that happens is drawn from one random source.</summary>
internal sealed class MemoryCluster
{
    private const int PortBase = 9_000;
    private static readonly KafkaError[] BeforeAppend =
    [
        KafkaError.NotEnoughReplicas, KafkaError.CorruptMessage, KafkaError.NotLeaderOrFollower, KafkaError.LeaderNotAvailable,
        KafkaError.UnknownTopicOrPartition, KafkaError.UnknownTopicId, KafkaError.KafkaStorageError, KafkaError.UnknownServerError,
        KafkaError.FencedLeaderEpoch, KafkaError.ThrottlingQuotaExceeded, (KafkaError)999,
    ];

    private static readonly KafkaError[] AfterAppend =
    [
        KafkaError.RequestTimedOut, KafkaError.NotEnoughReplicasAfterAppend, KafkaError.NotLeaderOrFollower, KafkaError.KafkaStorageError,
        KafkaError.UnknownServerError,
    ];

    private readonly Random _random;
    private readonly string[] _topics;
    private readonly short _newestProduce;
    private readonly short _newestMetadata;
    private readonly List<MemoryLink> _links = [];
    private readonly bool[] _isDown;
    private long _nowMs;
    private int _initsLeftToFail;

    public MemoryCluster(Random random, int brokers, string[] topics, int partitions, short newestProduce, short newestMetadata)
    {
        (_random, _topics, _newestProduce, _newestMetadata) = (random, topics, newestProduce, newestMetadata);
        _isDown = new bool[brokers];
        _initsLeftToFail = random.Next(3);
        Partitions = [.. topics.Select(_ => Enumerable.Range(0, partitions).Select(_ => new MemoryPartition { LeaderId = random.Next(brokers) }).ToArray())];
        Versions = AnswerOwnVersions();
    }

    /// <summary>By topic and number.</summary>
    public MemoryPartition[][] Partitions { get; }

    /// <summary>What goes wrong.</summary>
    public MemoryFaults Faults { get; set; } = MemoryFaults.None;

    /// <summary>Errors that some batches get, besides the usual ones.</summary>
    public KafkaError[] FurtherErrors { get; set; } = [];

    /// <summary>How often each code was answered to a batch.</summary>
    public Dictionary<KafkaError, int> Answered { get; } = [];

    /// <summary>How many brokers there are, up or down.</summary>
    public int BrokerCount => _isDown.Length;

    /// <summary>What the brokers take.</summary>
    public ApiVersionsResponse Versions { get; }

    /// <summary>Where a broker listens.</summary>
    public static ServerAddress AddressOf(int nodeId) => new("broker", PortBase + nodeId);

    /// <summary>Begins to open a link.</summary>
    public IBrokerLink Open(ServerAddress address)
    {
        var link = new MemoryLink(this, address.Port - PortBase, _nowMs + _random.Next(20));
        _links.Add(link);
        return link;
    }

    /// <summary>Whether a broker is there.</summary>
    public bool IsUp(int nodeId) => !_isDown[nodeId];

    /// <summary>A time from now on, and not before <paramref name="atMs"/>.</summary>
    public long Later(long atMs) => Math.Max(atMs, _nowMs + _random.Next(15));

    /// <summary>Lets time pass.</summary>
    public void Tick(long nowMs)
    {
        _nowMs = nowMs;
        var any = Partitions[_random.Next(Partitions.Length)][_random.Next(Partitions[0].Length)];
        any.BatchRecordsMax = Happens(Faults.ChangeLimit) ? _random.Next(1, 40) : any.BatchRecordsMax;
        if (Happens(Faults.MoveLeader))
        {
            Move(any);
        }

        if (Happens(Faults.Restart))
        {
            Restart(_random.Next(_isDown.Length));
        }

        foreach (var link in _links.ToArray())
        {
            Serve(link);
            link.Tick(nowMs);
        }

        _ = _links.RemoveAll(link => link.State == LinkState.Broken && link.Requests.Count == 0);
    }

    /// <summary>Everything works from now on.</summary>
    public void Heal()
    {
        Faults = MemoryFaults.None;
        FurtherErrors = [];
        Array.Clear(_isDown);
    }

    private bool Happens(int chance) => _random.Next(1_000) < chance;

    private void Move(MemoryPartition partition)
    {
        partition.LeaderId = _random.Next(_isDown.Length);
        partition.LeaderEpoch++;
    }

    private void Restart(int nodeId)
    {
        _isDown[nodeId] = !_isDown[nodeId];
        foreach (var link in _links.Where(link => link.NodeId == nodeId && _isDown[nodeId]))
        {
            link.Break("the broker is down");
            link.Requests.Clear();
        }

        foreach (var partition in Partitions.SelectMany(all => all).Where(partition => _isDown[nodeId] && partition.LeaderId == nodeId))
        {
            Move(partition);
        }
    }

    // A broker reads what was sent before a connection was cut, sometimes, and even after the client has sent it again elsewhere.
    private void Serve(MemoryLink link)
    {
        while (link.Requests.TryPeek(out var next) && next.AtMs <= _nowMs)
        {
            _ = link.Requests.Dequeue();
            if (link.State != LinkState.Broken && Happens(Faults.LoseRequest))
            {
                link.Break("cut by the test");
            }

            if (link.State == LinkState.Broken && _random.Next(2) == 0)
            {
                link.Requests.Clear();
                return;
            }

            var answer = Answer(link.NodeId, next.Frame);
            if (Happens(Faults.LoseAnswer))
            {
                link.Break("cut by the test");
            }
            else if (!Happens(Faults.Silence))
            {
                var frame = Happens(Faults.TearAnswer) ? answer[..(4 + _random.Next(answer.Length - 4))] : answer;
                link.Answers.Enqueue((Later(link.Answers.LastOrDefault().AtMs), frame));
            }
        }
    }

    private byte[] Answer(int nodeId, byte[] frame)
    {
        using var buffer = new WireBuffer();
        var head = RequestHead.Read(frame, out var body);
        var writer = head.BeginAnswer(buffer);
        switch (head.Api.Key)
        {
            case ApiKey.Metadata:
                new MetadataAnswer(this, _topics, _random).Write(writer, head.Version, isStale: Happens(Faults.StaleMetadata));
                break;
            case ApiKey.InitProducerId:
                var fails = _initsLeftToFail-- > 0;
                writer.WriteInt32(0);
                writer.WriteInt16((short)(fails ? KafkaError.CoordinatorLoadInProgress : KafkaError.None));
                writer.WriteInt64(fails ? -1 : 4711);
                writer.WriteInt16(0);
                writer.WriteNoTags();
                break;
            default:
                Produce(nodeId, ref body, writer, head.Version);
                break;
        }

        return buffer.Written[4..].ToArray();
    }

    private void Produce(int nodeId, ref KafkaReader body, KafkaWriter writer, short version)
    {
        _ = body.ReadNullableString();
        _ = body.ReadInt16();
        _ = body.ReadInt32();
        var topics = body.ReadCount();
        writer.WriteCount(topics);
        for (; topics > 0; topics--)
        {
            var topic = version >= 13 ? TopicOf(body.ReadUuid()) : Array.IndexOf(_topics, body.ReadString());
            if (version >= 13)
            {
                writer.WriteUuid(IdOf(topic));
            }
            else
            {
                writer.WriteString(_topics[topic]);
            }

            var partitions = body.ReadCount();
            writer.WriteCount(partitions);
            for (; partitions > 0; partitions--)
            {
                ProducePartition(nodeId, ref body, writer, version, topic);
            }

            body.SkipTags();
            writer.WriteNoTags();
        }

        body.SkipTags();
        body.End();
        writer.WriteInt32(Happens(Faults.Throttle) ? _random.Next(300) : 0);
        writer.WriteNoTags();
    }

    private void ProducePartition(int nodeId, ref KafkaReader body, KafkaWriter writer, short version, int topic)
    {
        var index = body.ReadInt32();
        var partition = Partitions[topic][index];
        var bytes = body.ReadBytes();
        body.SkipTags();
        var baseOffset = -1L;
        var recordErrors = new List<RecordError>();
        var isLeader = partition.LeaderId == nodeId;
        var error = !isLeader ? KafkaError.NotLeaderOrFollower
            : Happens(Faults.ErrorBefore) ? BeforeAppend[_random.Next(BeforeAppend.Length)]
            : FurtherErrors.Length > 0 && _random.Next(20) == 0 ? FurtherErrors[_random.Next(FurtherErrors.Length)]
            : partition.Append(bytes, out baseOffset, recordErrors);
        if (error == KafkaError.None && Happens(Faults.ErrorAfter))
        {
            error = AfterAppend[_random.Next(AfterAppend.Length)];
            baseOffset = -1;
        }

        Answered[error] = Answered.GetValueOrDefault(error) + 1;
        writer.WriteInt32(index);
        writer.WriteInt16((short)error);
        writer.WriteInt64(baseOffset);
        writer.WriteInt64(-1);
        if (version >= 5)
        {
            writer.WriteInt64(0);
        }

        if (version >= 8)
        {
            writer.WriteCount(recordErrors.Count);
            foreach (var bad in recordErrors)
            {
                writer.WriteInt32(bad.BatchIndex);
                writer.WriteString(bad.Message);
                writer.WriteNoTags();
            }

            writer.WriteString(null);
        }

        WriteLeader(writer, version, partition, isLeader);
    }

    // Tag 0: the leader's id and epoch, and the end of the structure (KIP-951).
    private static void WriteLeader(KafkaWriter writer, short version, MemoryPartition partition, bool isLeader)
    {
        if (version < 10 || isLeader)
        {
            writer.WriteNoTags();
            return;
        }

        writer.WriteUnsignedVarint(1);
        writer.WriteUnsignedVarint(0);
        writer.WriteUnsignedVarint(9);
        writer.WriteInt32(partition.LeaderId);
        writer.WriteInt32(partition.LeaderEpoch);
        writer.WriteNoTags();
    }

    /// <summary>The id of a topic.</summary>
    public static Guid IdOf(int topic) => new(topic + 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    private int TopicOf(Guid id) => Enumerable.Range(0, _topics.Length).Single(topic => IdOf(topic) == id);

    private ApiVersionsResponse AnswerOwnVersions()
    {
        using var buffer = new WireBuffer();
        new RequestHead(Api.ApiVersions, 4, 1, null).AnswerVersions(
            buffer,
            api => (api.Oldest, api.Key == ApiKey.Produce ? _newestProduce : api.Key == ApiKey.Metadata ? _newestMetadata : api.Newest));
        return ApiVersionsResponse.Read(buffer.Written[4..], 4);
    }
}
