using AdTracking.Events.Faults;
using AdTracking.Queue;

namespace AdTracking.Gateway.Http;

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
