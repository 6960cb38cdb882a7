using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Rules;

/// <summary>The rules of this house beyond Avro's own. Those of the chain behind Kafka (times, flat records, enum defaults) hold for every
/// record that carries <c>adt.</c> attributes; those of the hot path only for events. Schemas of others are left alone.</summary>
internal static class HouseRules
{
    private static readonly Action<SchemaFile, ProblemList>[] OfRecords =
        [RecordRules.FileName, RecordRules.FieldCount, RecordRules.MandatoryFirst, RecordRules.OutsideNames];

    private static readonly Action<SchemaFile, FieldModel, ProblemList>[] OfFields =
        [FieldRules.Doc, FieldRules.Times, FieldRules.Flat, FieldRules.Enums, FieldRules.Nullables, FieldRules.Ids, FieldRules.Required];

    private static readonly Action<IReadOnlyList<SchemaFile>, ProblemList>[] OfEvents =
    [
        EventRules.CommonPrefix, EventRules.Occurrences, EventRules.Partition, EventRules.OneByteDefaults, EventRules.Kinds, EventRules.Macros,
    ];

    /// <summary>Adds a problem for everything that breaks a rule.</summary>
    public static void Apply(SchemaFolder folder)
    {
        foreach (var file in folder.Files.Where(IsOurs))
        {
            foreach (var rule in OfRecords)
            {
                rule(file, folder.Problems);
            }

            foreach (var field in file.Record.Fields)
            {
                foreach (var rule in OfFields)
                {
                    rule(file, field, folder.Problems);
                }
            }
        }

        foreach (var rule in OfEvents)
        {
            rule(folder.Events, folder.Problems);
        }

        SharedTypeRule.Apply(folder.All, folder.Problems);
    }

    private static bool IsOurs(SchemaFile file) =>
        file.Record.Schema.Properties.Keys.Concat(file.Record.Schema.Fields.SelectMany(static field => field.Properties.Keys))
            .Any(static name => name.StartsWith("adt.", StringComparison.Ordinal));
}
