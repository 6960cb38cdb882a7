using System.Collections;
using System.Text.Json.Nodes;
using Avro;
using Avro.Generic;
using Avro.IO;

namespace AdTracking.Oracles.Tests;

/// <summary>Apache's generic reader and writer, and what they read as a text that <see cref="OurText"/> makes of our values too.</summary>
internal static class ApacheAvro
{
    /// <summary>A schema without the logical types that Apache's implementation for .NET gets wrong: milliseconds of a timestamp, and any on a
    /// <c>fixed</c>. They change neither bytes nor canonical form (Avro 1.12, "Logical Types"), so what is compared is whole.
    /// <see cref="ApacheDeviationTests"/> shows each case, and fails when Apache mends it.</summary>
    public static Schema Parse(string text) => Schema.Parse(Reduced(JsonNode.Parse(text)!).ToJsonString());

    /// <summary>Reads one value that takes all of the bytes.</summary>
    public static object? Read(Schema schema, byte[] data)
    {
        using var stream = new MemoryStream(data);
        var value = new GenericDatumReader<object?>(schema, schema).Read(null, new BinaryDecoder(stream));
        stream.Position.ShouldBe(data.Length);
        return value;
    }

    public static byte[] Write(Schema schema, object? value)
    {
        using var stream = new MemoryStream();
        var encoder = new BinaryEncoder(stream);
        new GenericDatumWriter<object?>(schema).Write(value, encoder);
        encoder.Flush();
        return stream.ToArray();
    }

    /// <summary>A value as text, without saying which branch of a union it is: its type tells.</summary>
    public static string Show(object? value, Schema schema) => (value, schema) switch
    {
        (GenericRecord record, RecordSchema type) =>
            "[" + string.Join(",", type.Fields.Select(field => Show(record.GetValue(field.Pos), field.Schema))) + "]",
        (IDictionary entries, MapSchema map) =>
            "{" + string.Join(",", entries.Keys.Cast<string>().Select(key => $"'{key}':{Show(entries[key], map.ValueSchema)}")) + "}",
        (_, UnionSchema union) => Show(value, BranchOf(value, union)),
        (not string and not byte[] and IEnumerable items, ArraySchema array) =>
            "[" + string.Join(",", items.Cast<object?>().Select(item => Show(item, array.ItemSchema))) + "]",
        (not null, LogicalSchema logical) => Show(logical.LogicalType.ConvertToBaseValue(value, logical), logical.BaseSchema),
        (GenericEnum symbol, EnumSchema symbols) => symbols.Ordinal(symbol.Value).ToString(),
        (GenericFixed bytes, _) => SlowAvro.Show(bytes.Value),
        _ => SlowAvro.Show(value),
    };

    private static JsonNode Reduced(JsonNode schema)
    {
        switch (schema)
        {
            case JsonArray union:
                return new JsonArray([.. union.Select(branch => Reduced(branch!))]);
            case JsonObject type:
                JsonObject kept = [];
                foreach (var (name, value) in type.Where(member => member.Key != "logicalType" || !IsWrongAtApache(type)))
                {
                    kept[name] = name is "type" or "items" or "values" ? Reduced(value!)
                        : name == "fields" ? new JsonArray([.. value!.AsArray().Select(field => Reduced(field!))])
                        : value?.DeepClone();
                }

                return kept;
            default:
                return schema.DeepClone();
        }
    }

    private static bool IsWrongAtApache(JsonObject type) =>
        type["logicalType"]?.ToString() is "timestamp-millis" or "local-timestamp-millis" || type["type"]?.ToString() == "fixed";

    // Of two branches that read as one .NET type either serves: they show alike. What serves is found by Apache's own rule.
    private static Schema BranchOf(object? value, UnionSchema union) =>
        union.Schemas.First(branch => new Matching(union).IsOf(branch, value));

    private sealed class Matching(UnionSchema union) : DefaultWriter(union)
    {
        public bool IsOf(Schema branch, object? value) => Matches(branch, value);
    }
}
