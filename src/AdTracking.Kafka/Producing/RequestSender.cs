using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Producing;

/// <summary>Writes requests to links, each in the newest version that the broker and this client speak, and keeps their objects for the next ones.</summary>
internal sealed class RequestSender(ProducerOptions options, ProduceRequestBuilder builder, ProduceAnswers answers) : IDisposable
{
    private readonly Stack<PendingRequest> _free = new();
    private readonly WireBuffer _frame = new();
    private int _correlationId;

    private short OldestProduce => options.Compression == RecordCompression.Zstd ? Api.ProduceZstdFrom : Api.Produce.Oldest;

    /// <summary>A request without batches.</summary>
    public PendingRequest Rent() => _free.TryPop(out var request) ? request : new PendingRequest();

    /// <summary>Takes a request that was answered, lost or not sent.</summary>
    public void Return(PendingRequest request)
    {
        request.Batches.Clear();
        _free.Push(request);
    }

    /// <summary>Sends a request; its answer is due by the options' time-out. It is fatal when the broker speaks no version that will do.</summary>
    public void Send(ProducerBroker broker, Api api, PendingRequest request, long nowMs)
    {
        var version = broker.Link!.Versions!.Best(api);
        if (api == Api.Produce && version >= 13 && request.Batches.Exists(row => row.TopicId == Guid.Empty))
        {
            version = 12;
        }

        request.Api = api;
        request.Version = version ?? 0;
        request.CorrelationId = _correlationId++;
        request.DeadlineMs = nowMs + options.RequestTimeoutMs;
        broker.Pending.Enqueue(request);
        if (version is null || (api == Api.Produce && version < OldestProduce))
        {
            answers.Die($"{broker.Address} takes no version of {api.Key} that is spoken here");
            return;
        }

        _frame.Clear();
        var writer = RequestFrame.Begin(_frame, api, request.Version, request.CorrelationId, options.ClientId);
        switch (api.Key)
        {
            case ApiKey.Produce:
                builder.Write(writer, request);
                break;
            case ApiKey.Metadata:
                new MetadataRequest(options.Topics).Write(writer, request.Version);
                break;
            default:
                InitProducerIdRequest.Write(writer, request.Version);
                break;
        }

        RequestFrame.End(_frame, 0);
        broker.Link.Send(_frame.Written);
    }

    /// <inheritdoc/>
    public void Dispose() => _frame.Dispose();
}
