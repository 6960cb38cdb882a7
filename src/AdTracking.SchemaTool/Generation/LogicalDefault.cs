using System.Globalization;
using System.Text;
using System.Text.Json;
using AdTracking.Avro.Logical;
using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Expressions for defaults of logical types. A default is the plain value underneath, and may be one that .NET's type cannot hold.</summary>
internal static class LogicalDefault
{
    /// <summary>The expression, or null where .NET's type cannot hold the value.</summary>
    public static string? Of(AvroSchema schema, JsonElement value) => schema.LogicalType!.Kind switch
    {
        LogicalTypeKind.Decimal => OfDecimal(schema.LogicalType, value),
        LogicalTypeKind.Uuid => OfUuid(schema, value),
        LogicalTypeKind.Duration => OfDuration(value),
        LogicalTypeKind.TimestampNanos or LogicalTypeKind.LocalTimestampNanos => $"new AvroNanos({value.GetRawText()})",
        LogicalTypeKind.Date => AvroTime.TryDate(value.GetInt32(), out var date) ? $"new DateOnly({date.Year}, {date.Month}, {date.Day})" : null,
        LogicalTypeKind.TimeMillis => OfTime(value, TimeSpan.TicksPerMillisecond),
        LogicalTypeKind.TimeMicros => OfTime(value, TimeSpan.TicksPerMicrosecond),
        LogicalTypeKind.TimestampMillis when AvroTime.TryDateTime(value.GetInt64(), TimeSpan.TicksPerMillisecond, out _) =>
            $"DateTimeOffset.FromUnixTimeMilliseconds({value.GetInt64()})",
        LogicalTypeKind.TimestampMicros => OfTimestamp(value, TimeSpan.TicksPerMicrosecond) is { } ticks
            ? $"new DateTimeOffset({ticks}, default)" : null,
        LogicalTypeKind.LocalTimestampMillis => OfTimestamp(value, TimeSpan.TicksPerMillisecond) is { } ticks ? $"new DateTime({ticks})" : null,
        LogicalTypeKind.LocalTimestampMicros => OfTimestamp(value, TimeSpan.TicksPerMicrosecond) is { } ticks ? $"new DateTime({ticks})" : null,
        _ => null,
    };

    private static string? OfDecimal(LogicalType type, JsonElement value) =>
        AvroDecimal.TryRead(Encoding.Latin1.GetBytes(value.GetString()!), out var unscaled)
        && AvroDecimal.TryDecimal(unscaled, type.Scale, out var number)
        && AvroDecimal.Fits(number, type.Scale, type.Precision)
            ? number.ToString(CultureInfo.InvariantCulture) + "m"
            : null;

    private static string? OfUuid(AvroSchema schema, JsonElement value)
    {
        var text = value.GetString()!;
        if (schema is FixedSchema)
        {
            return $"new Guid(\"{new Guid(Encoding.Latin1.GetBytes(text), bigEndian: true)}\")";
        }

        return Guid.TryParseExact(text, "D", out var uuid) ? $"new Guid(\"{uuid}\")" : null;
    }

    private static string? OfDuration(JsonElement value) => AvroDuration.TryRead(Encoding.Latin1.GetBytes(value.GetString()!), out var duration)
        ? $"new AvroDuration({duration.Months}, {duration.Days}, {duration.Millis})"
        : null;

    private static string? OfTime(JsonElement value, long ticksPerUnit) =>
        AvroTime.TryTime(value.GetInt64(), ticksPerUnit, out var time) ? $"new TimeOnly({time.Ticks})" : null;

    private static string? OfTimestamp(JsonElement value, long ticksPerUnit) =>
        AvroTime.TryDateTime(value.GetInt64(), ticksPerUnit, out var time) ? time.Ticks.ToString(CultureInfo.InvariantCulture) : null;
}
