using System.Globalization;
using System.Text.Json;
using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>What a property holds when nobody sets it.</summary>
internal static class DefaultCode
{
    /// <summary>The initialiser of a property, or null where C#'s own default will do.</summary>
    public static string? Of(RecordField field) => field.Default is { } value ? Of(field.Schema, value) : Empty(field.Schema);

    private static string? Of(AvroSchema schema, JsonElement value) => schema switch
    {
        UnionSchema => value.ValueKind == JsonValueKind.Null ? null : Of(Shapes.WithoutNull(schema), value),
        EnumSchema symbols => Member(symbols, value.GetString()!),
        ArraySchema or MapSchema => Empty(schema),
        { Type: SchemaType.Boolean } => value.GetBoolean() ? "true" : null,
        { Type: SchemaType.String } => JsonSerializer.Serialize(value.GetString()),
        _ when Shapes.IsTimestampMillis(schema) => $"DateTimeOffset.FromUnixTimeMilliseconds({value.GetInt64()})",
        { Type: SchemaType.Int or SchemaType.Long } => value.GetInt64() == 0 ? null : value.GetRawText(),
        { Type: SchemaType.Float or SchemaType.Double } => Number(schema, value.GetDouble()),
        _ => Empty(schema),
    };

    private static string? Empty(AvroSchema schema) => schema switch
    {
        UnionSchema => null,
        ArraySchema or MapSchema => "[]",
        { Type: SchemaType.String } => "\"\"",
        _ when Shapes.IsTimestampMillis(schema) => "DateTimeOffset.UnixEpoch",
        _ => null,
    };

    private static string? Member(EnumSchema symbols, string symbol)
    {
        int index = symbols.IndexOf(symbol);
        return index <= 0 ? null : $"{CSharpNames.Pascal(symbols.Name.Name)}.{CSharpNames.Members(symbols)[index]}";
    }

    private static string? Number(AvroSchema schema, double value) =>
        value == 0 ? null : value.ToString("R", CultureInfo.InvariantCulture) + (schema.Type == SchemaType.Float ? "f" : "d");
}
