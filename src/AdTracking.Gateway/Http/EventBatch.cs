using System.Buffers;
using System.Runtime.InteropServices;
using AdTracking.Events.Faults;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Http;

/// <summary>The events of one request between decoding and answer. Rented for the request and returned by the method that rented it.</summary>
internal sealed class EventBatch
{
    private const int KeptTextBytes = 128 << 10;
    private const int KeptResults = 1_024;

    private readonly List<EventResult> _results = [];
    private byte[] _ids = new byte[1_024];
    private int _idsUsed;

    /// <summary>One entry an event, in the order of the body.</summary>
    public Span<EventResult> Results => CollectionsMarshal.AsSpan(_results);

    /// <summary>Events that are in the queue.</summary>
    public int AppendedCount { get; private set; }

    public int RejectedCount => _results.Count - AppendedCount;

    /// <summary>Completed when the appended events are stored; null when there are none.</summary>
    public DeliveryWaiter? Waiter { get; set; }

    /// <summary>The unpacked or joined body, when it could not be read where it arrived; rented.</summary>
    public byte[]? Copy { get; private set; }

    /// <summary>Where the answer is put together, because its length goes before it.</summary>
    public ArrayBufferWriter<byte> Answer { get; private set; } = new();

    public ReadOnlySpan<byte> IdOf(in EventResult result) => _ids.AsSpan(result.IdStart, result.IdLength);

    public void AddAppended(ReadOnlySpan<byte> id, EventTopic topic, byte bucket)
    {
        var start = Keep(id);
        _results.Add(new EventResult { Ordinal = AppendedCount, IdStart = start, IdLength = id.Length, Topic = topic, Bucket = bucket });
        AppendedCount++;
    }

    public void AddRejected(FaultCode code, string? field, int sourceStart, int sourceLength, EventTopic topic, byte bucket) =>
        _results.Add(new EventResult
        {
            Code = code,
            Ordinal = -1,
            Field = field,
            SourceStart = sourceStart,
            SourceLength = sourceLength,
            Topic = topic,
            Bucket = bucket,
        });

    /// <summary>Takes over a rented array, and gives the former one back.</summary>
    public void KeepCopy(byte[] rented)
    {
        if (Copy is { } former)
        {
            ArrayPool<byte>.Shared.Return(former);
        }

        Copy = rented;
    }

    /// <summary>Forgets the events, not the buffers.</summary>
    public void Clear()
    {
        _results.Clear();
        if (_results.Capacity > KeptResults)
        {
            _results.Capacity = KeptResults;
        }

        if (_ids.Length > KeptTextBytes)
        {
            _ids = new byte[KeptTextBytes];
        }

        _idsUsed = 0;
        AppendedCount = 0;
        Waiter = null;
        Answer.ResetWrittenCount();
        if (Answer.Capacity > KeptTextBytes)
        {
            Answer = new ArrayBufferWriter<byte>();
        }

        DropCopy();
    }

    /// <summary>Gives the copied body back as soon as its events are judged: a small packed body may have become megabytes, and the wait
    /// for Kafka can be long.</summary>
    public void DropCopy()
    {
        if (Copy is { } copy)
        {
            ArrayPool<byte>.Shared.Return(copy);
            Copy = null;
        }
    }

    private int Keep(ReadOnlySpan<byte> id)
    {
        if (_ids.Length - _idsUsed < id.Length)
        {
            Array.Resize(ref _ids, Math.Max(_ids.Length * 2, _idsUsed + id.Length));
        }

        id.CopyTo(_ids.AsSpan(_idsUsed));
        _idsUsed += id.Length;
        return _idsUsed - id.Length;
    }
}

/// <summary>What became of one event of a body until now.</summary>
internal struct EventResult
{
    /// <summary>Why it was refused; none when it is in the queue.</summary>
    public FaultCode Code;

    /// <summary>Its class, as far as it is known, for the ledger.</summary>
    public EventTopic Topic;

    /// <summary>Its publisher's bucket, for the ledger.</summary>
    public byte Bucket;

    /// <summary>Its place among the events that were appended, or -1.</summary>
    public int Ordinal;

    /// <summary>Where its id stands in the batch's text.</summary>
    public int IdStart;

    public int IdLength;

    /// <summary>Name of the field at fault; made on the failure path only.</summary>
    public string? Field;

    /// <summary>Where the event stands in the body.</summary>
    public int SourceStart;

    public int SourceLength;
}
