using AdTracking.Oracle.Minting;

namespace AdTracking.Oracle.Reading;

/// <summary>A record as it stands in Kafka, its scalar fields as text.</summary>
internal sealed record StoredRecord(
    EventKind Kind, int Partition, long Offset, string Key, IReadOnlyDictionary<string, string?> Fields, string? Problem)
{
    public override string ToString()
    {
        var fields = Fields.Where(field => field.Value is not null).Select(field => $"{field.Key}={field.Value}");
        return $"{Kind}[{Partition}]@{Offset} key {Key} {string.Join(' ', fields)} {Problem}";
    }
}
