using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;
using AdTracking.SchemaTool.Reading;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>AdImpressionField.g.cs</c> and <c>CommonField.g.cs</c>: the places of fields as constants.</summary>
internal static class FieldFile
{
    /// <summary>All fields of one record.</summary>
    public static string OfRecord(RecordModel record, string origin, string ns) => Of(
        $"{CSharpNames.Pascal(record.Name)}Field", $"Places of the fields of {record.Name}.", record, record.Fields.Count, origin, ns);

    /// <summary>The fields that all events begin with.</summary>
    public static string OfCommon(IReadOnlyList<SchemaFile> events, string origin, string ns) => Of(
        "CommonField", "Places of the fields that all events have.", events[0].Record, CommonFields.Count(events), origin, ns);

    private static string Of(string name, string doc, RecordModel record, int count, string origin, string ns)
    {
        var properties = CSharpNames.Properties(record.Schema);
        var code = CodeFile.Start(origin, ns);
        code.Summary(doc).Open($"public static class {name}");
        code.Summary("Number of fields.").Line($"public const int FieldCount = {count};");
        for (var i = 0; i < count; i++)
        {
            code.Line().Summary(record.Fields[i].Field.Doc ?? record.Fields[i].Name).Line($"public const int {properties[i]} = {i};");
        }

        return code.Close().ToString();
    }
}
