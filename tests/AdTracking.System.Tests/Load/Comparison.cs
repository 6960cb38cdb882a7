namespace AdTracking.System.Tests.Load;

/// <summary>Compares what was acknowledged with what stands in Kafka, by id.</summary>
internal static class Comparison
{
    /// <summary>None missing, none twice, none that was not sent, each in its topic under its key with its price.</summary>
    public static string ShouldAgree(IReadOnlyCollection<LoadEvent> acknowledged, IReadOnlyCollection<DecodedRecord> stored)
    {
        var sent = acknowledged.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<string> twice = [], strange = [], different = [];
        foreach (var record in stored)
        {
            if (!seen.Add(record.EventId))
            {
                twice.Add(record.EventId);
            }

            if (!sent.TryGetValue(record.EventId, out var one))
            {
                strange.Add(record.EventId);
            }
            else if (!Matches(one, record))
            {
                different.Add($"{one} stored as {record}");
            }
        }

        var missing = sent.Keys.Where(id => !seen.Contains(id)).ToList();
        missing.Take(5).ShouldBeEmpty($"{missing.Count} acknowledged events are not in Kafka");
        twice.Take(5).ShouldBeEmpty($"{twice.Count} events are in Kafka twice");
        strange.Take(5).ShouldBeEmpty($"{strange.Count} events in Kafka were not acknowledged");
        different.Take(5).ShouldBeEmpty($"{different.Count} events differ from what was sent");
        return $"{sent.Count} acknowledged, {stored.Count} in Kafka, 0 missing, 0 twice, 0 strange, 0 different; "
            + $"micros {acknowledged.Sum(one => one.PriceMicros ?? 0)} = {stored.Sum(record => record.PriceMicros ?? 0)}";
    }

    private static bool Matches(LoadEvent one, DecodedRecord record) =>
        record.Topic.EndsWith(one.Topic, StringComparison.Ordinal)
        && record.EventName == one.Name
        && record.AdServingId == one.AdServingId
        && record.Key == one.AdServingId
        && record.PriceMicros == one.PriceMicros;
}
