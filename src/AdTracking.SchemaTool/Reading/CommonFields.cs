using AdTracking.SchemaTool.Model;

namespace AdTracking.SchemaTool.Reading;

/// <summary>The fields that all event classes begin with.</summary>
internal static class CommonFields
{
    /// <summary>How many fields, by name and place, all events have in common at their beginning.</summary>
    public static int Count(IReadOnlyList<SchemaFile> events)
    {
        if (events.Count == 0)
        {
            return 0;
        }

        var first = events[0].Record.Fields;
        var count = 0;
        while (count < first.Count && events.All(e => count < e.Record.Fields.Count && e.Record.Fields[count].Name == first[count].Name))
        {
            count++;
        }

        return count;
    }

    /// <summary>What must be the same in all classes: everything but the documentation.</summary>
    public static string Definition(FieldModel field) => string.Join(
        '|',
        field.Field.Properties.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => p.Key + "=" + p.Value.GetRawText())
            .Prepend(field.Field.Default?.GetRawText() ?? "")
            .Prepend(field.Field.Schema.ToString()));
}
