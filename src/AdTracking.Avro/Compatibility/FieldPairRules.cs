using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Which writer's field fills which reader's, and what is missing.</summary>
internal static class FieldPairRules
{
    public static void Apply(PairGraph graph, SchemaPair pair, RecordSchema reader, RecordSchema writer)
    {
        var sources = Match(reader, writer, (field, found) => pair.Faults.Add(Ambiguous(field, found)));
        foreach (var field in reader.Fields)
        {
            var token = $"/fields/{field.Index}/type";
            if (sources[field.Index] is { } source)
            {
                PairGraph.Link(pair, new PairLink(
                    graph.PairOf(field.Schema, source.Schema), token, $"/fields/{source.Index}/type", field, source));
            }
            else if (field.Default is null)
            {
                pair.Faults.Add(new SchemaFault(CompatibilityRule.ReaderFieldMissingDefaultValue, field.Name, Field: field));
            }
        }
    }

    /// <summary>The writer's field for each of the reader's, by name, then by alias; null where there is none. A field that one reader's
    /// field has by name is not given to another by alias.</summary>
    public static RecordField?[] Match(RecordSchema reader, RecordSchema writer, Action<RecordField, IReadOnlyList<string>>? ambiguous = null)
    {
        var written = writer.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var sources = new RecordField?[reader.Fields.Count];
        HashSet<string> taken = [];
        foreach (var field in reader.Fields)
        {
            if (written.TryGetValue(field.Name, out sources[field.Index]))
            {
                taken.Add(field.Name);
            }
        }

        foreach (var field in reader.Fields.Where(field => field.Aliases.Count > 0))
        {
            string[] found = [.. field.Aliases.Append(field.Name).Distinct(StringComparer.Ordinal).Where(written.ContainsKey)];
            if (found.Length > 1)
            {
                ambiguous?.Invoke(field, found);
            }

            if (sources[field.Index] is null && found.FirstOrDefault(taken.Add) is { } name)
            {
                sources[field.Index] = written[name];
            }
        }

        return sources;
    }

    private static SchemaFault Ambiguous(RecordField field, IReadOnlyList<string> found) => new(
        CompatibilityRule.AmbiguousAlias,
        field.Name,
        WriterHas: string.Join(", ", found.Order(StringComparer.Ordinal).Select(name => $"\"{name}\"")),
        Field: field);
}
