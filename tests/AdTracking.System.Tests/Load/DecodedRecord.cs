namespace AdTracking.System.Tests.Load;

/// <summary>A few fields of a record as a reader that is not ours decoded them.</summary>
internal sealed record DecodedRecord(
    string Topic, string Key, string EventId, string EventName, string AdServingId, long? PriceMicros, string? IdSource, bool? Billable);
