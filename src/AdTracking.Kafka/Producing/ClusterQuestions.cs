using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>Asks for the cluster's metadata and for the producer's identity, on any link that is ready; when there is none, one more is
/// opened.</summary>
internal sealed class ClusterQuestions(
    ProducerOptions options, ProducerCluster cluster, RequestSender requests, Func<ServerAddress, IBrokerLink> open)
{
    private readonly Backoff _backoff = new(options.BackoffMs, options.BackoffMaxMs, options.Random);
    private long _metadataAtMs = long.MinValue;
    private long _askMetadataAtMs;
    private long _askIdentityAtMs;

    /// <summary>Producer id and epoch; negative while they are not known.</summary>
    public InitProducerIdResponse Identity { get; private set; } = new(0, KafkaError.None, -1, -1);

    /// <summary>Whoever counts this up has the metadata asked for once more.</summary>
    public int MetadataWanted { get; set; }

    /// <summary>What <see cref="MetadataWanted"/> was when the last question that was answered went out.</summary>
    public int MetadataRead { get; private set; }

    /// <summary>Answers about the cluster so far.</summary>
    public int MetadataAnswers { get; private set; }

    /// <summary>Whether something is not known yet.</summary>
    public bool AreOpen => cluster.IsStale || Identity.ProducerId < 0 || MetadataWanted != MetadataRead;

    /// <summary>Asks what has to be asked now.</summary>
    public void Ask(long nowMs)
    {
        var wantsMetadata = cluster.IsStale || MetadataWanted != MetadataRead || nowMs - _metadataAtMs >= options.MetadataAgeMaxMs;
        var wantsIdentity = Identity.ProducerId < 0;
        if (!wantsMetadata && !wantsIdentity)
        {
            return;
        }

        var ready = cluster.Brokers.Where(broker => broker.IsReady).MinBy(broker => broker.Pending.Count);
        if (ready is null)
        {
            OpenAnother(nowMs);
            return;
        }

        if (wantsMetadata && nowMs >= _askMetadataAtMs && !IsAsked(Api.Metadata))
        {
            _askMetadataAtMs = nowMs + _backoff.Fail();
            var request = requests.Rent();
            request.Wanted = MetadataWanted;
            requests.Send(ready, Api.Metadata, request, nowMs);
        }

        if (wantsIdentity && nowMs >= _askIdentityAtMs && !IsAsked(Api.InitProducerId))
        {
            _askIdentityAtMs = nowMs + _backoff.Fail();
            requests.Send(ready, Api.InitProducerId, requests.Rent(), nowMs);
        }
    }

    /// <summary>Reads the metadata; returns how long the broker wants to be left alone, in milliseconds.</summary>
    public int ReadMetadata(ReadOnlySpan<byte> frame, PendingRequest request, long nowMs)
    {
        var metadata = MetadataResponse.Read(frame, request.Version);
        cluster.Apply(metadata);
        _metadataAtMs = nowMs;
        MetadataRead = metadata.Error == KafkaError.None ? request.Wanted : MetadataRead;
        MetadataAnswers++;
        if (!cluster.IsStale)
        {
            _backoff.Succeed();
        }

        return metadata.ThrottleMs;
    }

    /// <summary>Reads the identity; returns how long the broker wants to be left alone, in milliseconds.</summary>
    public int ReadIdentity(ReadOnlySpan<byte> frame, PendingRequest request)
    {
        var identity = InitProducerIdResponse.Read(frame, request.Version);
        Identity = identity.Error == KafkaError.None ? identity : Identity;
        return identity.ThrottleMs;
    }

    private void OpenAnother(long nowMs)
    {
        if (!cluster.Brokers.Exists(broker => broker.Link is { State: LinkState.Opening }) && cluster.NextToOpen(nowMs) is { } next)
        {
            next.Link = open(next.Address);
        }
    }

    private bool IsAsked(Api api) => cluster.Brokers.Exists(broker => broker.Pending.Any(request => request.Api == api));
}
