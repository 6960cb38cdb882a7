using System.Globalization;
using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary>What a property holds when nobody sets it.</summary>
internal static class DefaultCode
{
    /// <summary>True where the field has a default that no initialiser can say: its property has to be set.</summary>
    public static bool IsUnsayable(RecordSchema owner, RecordField field, CodeScope scope) =>
        field.Default is { } value && (DefaultCycle.Exists(owner, field) || Expression(field.Schema, value, scope) is null);

    /// <summary>The initialiser of a property, or null where C#'s own default will do.</summary>
    public static string? Of(RecordField field, CodeScope scope)
    {
        if (field.Default is not { } value)
        {
            return Empty(field.Schema);
        }

        return IsOwn(field.Schema, value) ? null : Expression(field.Schema, value, scope);
    }

    private static string? Empty(AvroSchema schema) => schema switch
    {
        UnionSchema => null,
        ArraySchema or MapSchema => "[]",
        { Type: SchemaType.String, LogicalType: null } => "\"\"",
        _ when Shapes.IsTimestampMillis(schema) => "DateTimeOffset.UnixEpoch",
        _ => null,
    };

    // null, false, 0 and the first symbol are what a property holds anyway.
    private static bool IsOwn(AvroSchema schema, JsonElement value) => schema switch
    {
        UnionSchema => value.ValueKind == JsonValueKind.Null,
        EnumSchema symbols => symbols.IndexOf(value.GetString()!) == 0,
        { Type: SchemaType.Null } => true,
        { Type: SchemaType.Boolean } => !value.GetBoolean(),
        { LogicalType: not null } => false,
        { Type: SchemaType.Int or SchemaType.Long } => value.GetInt64() == 0,
        { Type: SchemaType.Float or SchemaType.Double } => value.GetDouble() is 0 and var zero && !double.IsNegative(zero),
        _ => false,
    };

    // The expression, or null where there is none.
    private static string? Expression(AvroSchema schema, JsonElement value, CodeScope scope) => schema switch
    {
        UnionSchema union => OfUnion(union, value, scope),
        RecordSchema record => OfRecord(record, value, scope),
        EnumSchema symbols => $"{scope.Expression(symbols)}.{CSharpNames.Members(symbols)[symbols.IndexOf(value.GetString()!)]}",
        ArraySchema array => Joined(value.EnumerateArray().Select(item => Expression(array.Items, item, scope)), "[", "]"),
        MapSchema map => Joined(value.EnumerateObject().Select(entry => OfEntry(entry, map.Values, scope)), "[", "]"),
        { LogicalType: not null } when LeafType.Of(schema)!.CSharp != "AvroBytes" => LogicalDefault.Of(schema, value),
        { Type: SchemaType.Null } => "default",
        { Type: SchemaType.Boolean } => value.GetBoolean() ? "true" : "false",
        { Type: SchemaType.String } => JsonSerializer.Serialize(value.GetString()),
        { Type: SchemaType.Float } => Number(value.GetDouble(), (float)value.GetDouble(), "f"),
        { Type: SchemaType.Double } => Number(value.GetDouble(), value.GetDouble(), "d"),
        { Type: SchemaType.Bytes or SchemaType.Fixed } => OfBytes(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string? OfUnion(UnionSchema union, JsonElement value, CodeScope scope)
    {
        if (Shapes.NullBranchOf(union) >= 0)
        {
            return value.ValueKind == JsonValueKind.Null ? "null" : Expression(Shapes.WithoutNull(union), value, scope);
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return "null";
        }

        UnionBranch? branch = UnionBranch.Of(union).FirstOrDefault(branch => Fits(branch.Schema, value));
        return branch is not null && Expression(branch.Schema, value, scope) is { } inner
            ? $"{scope.Expression(union)}.From{branch.Name}({inner})"
            : null;
    }

    private static bool Fits(AvroSchema schema, JsonElement value)
    {
        var writer = new AvroWriter(new byte[(value.GetRawText().Length * 4) + 4096]);
        return GenericEncoder.TryEncode(value, schema, ref writer, out _, GenericJsonStyle.AvroJson);
    }

    private static string? OfRecord(RecordSchema record, JsonElement value, CodeScope scope)
    {
        var properties = scope.Properties(record);
        var settings = new List<string?>();
        foreach (var field in record.Fields)
        {
            if (value.TryGetProperty(field.Name, out var member))
            {
                settings.Add(Expression(field.Schema, member, scope) is { } inner ? $"{properties[field.Index]} = {inner}" : null);
            }
            else if (IsUnsayable(record, field, scope))
            {
                return null;
            }
        }

        return Joined(settings, $"new {scope.TypeOf(record)} {{ ", " }");
    }

    private static string? OfEntry(JsonProperty entry, AvroSchema schema, CodeScope scope) =>
        Expression(schema, entry.Value, scope) is { } value ? $"new({JsonSerializer.Serialize(entry.Name)}, {value})" : null;

    private static string? Joined(IEnumerable<string?> parts, string open, string close)
    {
        List<string?> all = [.. parts];
        return all.Contains(null) ? null : open + string.Join(", ", all) + close;
    }

    private static string OfBytes(string text)
    {
        var bytes = string.Join(", ", text.Select(static c => $"0x{(int)c:X2}"));
        return text.Length == 0 ? "new AvroBytes()" : $"new AvroBytes(new byte[] {{ {bytes} }})";
    }

    private static string Number<T>(double value, T narrow, string suffix)
        where T : System.Numerics.IFloatingPoint<T>
    {
        var type = suffix == "f" ? "float" : "double";
        return T.IsInfinity(narrow)
            ? $"{type}.{(value > 0 ? "Positive" : "Negative")}Infinity"
            : narrow.ToString("R", CultureInfo.InvariantCulture) + suffix;
    }
}
