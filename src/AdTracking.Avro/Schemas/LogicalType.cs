namespace AdTracking.Avro.Schemas;

/// <summary>A logical type that fits the schema that it annotates.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Precision">Decimal only: the number of digits.</param>
/// <param name="Scale">Decimal only: digits behind the point.</param>
public sealed record LogicalType(LogicalTypeKind Kind, int Precision = 0, int Scale = 0)
{
    private static readonly string[] Names =
    [
        "decimal", "big-decimal", "uuid", "date", "time-millis", "time-micros", "timestamp-millis", "timestamp-micros", "timestamp-nanos",
        "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos", "duration",
    ];

    /// <summary>The name in a schema: <c>timestamp-millis</c>.</summary>
    public string Name => Names[(int)Kind];

    internal static LogicalTypeKind? KindOf(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index < 0 ? null : (LogicalTypeKind)index;
    }
}
