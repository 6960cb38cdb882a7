using System.Text.Json;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Generation;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Rules;

/// <summary>Rules about the event classes together: what the hot path relies on.</summary>
internal static class EventRules
{
    private const string OneByteRule = "a default takes one byte: null, false, 0, \"\", nothing in a list or map, or one of 64 symbols";
    private const string GroupField = "engagement_group";

    // Zigzag: symbol 63 is byte 126, symbol 64 takes two bytes.
    private const int OneByteSymbols = 64;

    /// <summary>Fields that all events have stand first, in one order, and are the same: one index, one field.</summary>
    public static void CommonPrefix(IReadOnlyList<SchemaFile> events, ProblemList problems)
    {
        if (events.Count == 0)
        {
            return;
        }

        var first = events[0];
        var prefix = CommonFields.Count(events);
        foreach (var file in events.Skip(1))
        {
            foreach (var field in file.Record.Fields)
            {
                var other = first.Record.Fields.FirstOrDefault(f => f.Name == field.Name);
                if (other is null || !events.All(e => e.Record.Schema.Find(field.Name) is not null))
                {
                    continue;
                }

                if (field.Index >= prefix)
                {
                    problems.Add(file.At(field, ProblemCode.CommonPrefix, "a field that all events have stands first, in the same order"));
                }
                else if (CommonFields.Definition(field) != CommonFields.Definition(other))
                {
                    problems.Add(file.At(field, ProblemCode.CommonPrefix, $"is not what {first.FileName}({other.Line}) says of it"));
                }
            }
        }
    }

    /// <summary>An event class says which names its occurrences have; groups are symbols of the field that holds them.</summary>
    public static void Occurrences(IReadOnlyList<SchemaFile> events, ProblemList problems)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in events)
        {
            if (file.Record.Names.Count == 0)
            {
                problems.Add(file.At(file.Record.Schema, ProblemCode.EventNames, "an event has adt.names"));
            }

            var groups = file.Record.Schema.Find(GroupField)?.Schema as EnumSchema;
            foreach (var group in file.Record.Names.Select(static n => n.Group).OfType<string>().Distinct())
            {
                if (groups?.IndexOf(group) is null or < 0)
                {
                    problems.Add(file.At(file.Record.Schema, ProblemCode.EventNames, $"'{group}' is not a symbol of {GroupField}"));
                }
            }

            foreach (var name in file.Record.Names.Select(static n => n.Name).Concat(file.Record.Aliases.Select(static a => a.Key)))
            {
                if (!seen.TryAdd(name, file.FileName))
                {
                    problems.Add(file.At(file.Record.Schema, ProblemCode.EventNames, $"'{name}' is a name of {seen[name]} already"));
                }
            }
        }
    }

    /// <summary>The archive is partitioned by received_ts: every event has one.</summary>
    public static void Partition(IReadOnlyList<SchemaFile> events, ProblemList problems)
    {
        foreach (var file in events)
        {
            var field = file.Record.Fields.FirstOrDefault(static f => f.Name == "received_ts");
            if (field is null)
            {
                problems.Add(file.At(file.Record.Schema, ProblemCode.MissingField, "an event has a received_ts"));
            }
            else if (!field.Mandatory || field.Nullable)
            {
                problems.Add(file.At(field, ProblemCode.MissingField, "is never null and has no default: it partitions the archive"));
            }
        }
    }

    /// <summary>The hot path copies runs of defaults, one byte a field.</summary>
    public static void OneByteDefaults(IReadOnlyList<SchemaFile> events, ProblemList problems)
    {
        foreach (var file in events)
        {
            foreach (var field in file.Record.Fields.Where(static f => f.Field.Default is { } value && !IsOneByte(f, value)))
            {
                problems.Add(file.At(field, ProblemCode.DefaultNotOneByte, OneByteRule));
            }
        }
    }

    /// <summary>The hot path knows how to hold the type.</summary>
    public static void Kinds(IReadOnlyList<SchemaFile> events, ProblemList problems)
    {
        foreach (var file in events)
        {
            foreach (var field in file.Record.Fields.Where(static f => LayoutFile.KindOf(f) is null))
            {
                problems.Add(file.At(field, ProblemCode.NotOnHotPath, $"an event cannot hold a {field.Value.TypeName} of this kind"));
            }
        }
    }

    /// <summary>Whatever a sender may set can arrive as a macro that nobody filled in.</summary>
    public static void Macros(IReadOnlyList<SchemaFile> events, ProblemList problems)
    {
        foreach (var file in events)
        {
            foreach (var field in file.Record.Fields.Where(static f => f.Constraints is { GatewayOwned: false, Macro: null }))
            {
                problems.Add(file.At(field, ProblemCode.MacroUnsaid, "a field of the sender has adt.macro: what an unresolved macro does"));
            }
        }
    }

    private static bool IsOneByte(FieldModel field, JsonElement value) => field.Field.Schema switch
    {
        EnumSchema symbols => symbols.IndexOf(value.GetString() ?? "") is >= 0 and < OneByteSymbols,
        ArraySchema => value.GetArrayLength() == 0,
        MapSchema => !value.EnumerateObject().Any(),
        { Type: SchemaType.Int or SchemaType.Long } => value.GetInt64() == 0,
        { Type: SchemaType.Boolean } => !value.GetBoolean(),
        { Type: SchemaType.String or SchemaType.Bytes } => value.GetString() == "",
        UnionSchema => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
