using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Rules;

/// <summary>Rules about a record as a whole.</summary>
internal static class RecordRules
{
    // The hot path keeps the presence of fields in two 64-bit words.
    private const int FieldsMax = 128;

    /// <summary>People look for a record under its name.</summary>
    public static void FileName(SchemaFile file, ProblemList problems)
    {
        if (Path.GetFileNameWithoutExtension(file.FileName) != file.Record.Name)
        {
            problems.Add(file.At(file.Record.Schema, ProblemCode.FileName, $"the file of {file.Record.Name} is {file.Record.Name}.avsc"));
        }
    }

    /// <summary>No more fields than the hot path has bits for.</summary>
    public static void FieldCount(SchemaFile file, ProblemList problems)
    {
        if (file.Record.Fields.Count > FieldsMax)
        {
            problems.Add(file.At(file.Record.Fields[FieldsMax], ProblemCode.TooManyFields, $"a record has at most {FieldsMax} fields"));
        }
    }

    /// <summary>Mandatory fields stand first: they are hot.</summary>
    public static void MandatoryFirst(SchemaFile file, ProblemList problems)
    {
        var optionalSeen = false;
        foreach (var field in file.Record.Fields)
        {
            optionalSeen |= !field.Mandatory;
            if (optionalSeen && field.Mandatory)
            {
                problems.Add(file.At(field, ProblemCode.MandatoryFirst, "a field without default stands before those that have one"));
            }
        }
    }

    /// <summary>A query parameter or a decimal name means one field.</summary>
    public static void OutsideNames(SchemaFile file, ProblemList problems)
    {
        var queries = new HashSet<string>(StringComparer.Ordinal);
        var json = file.Record.Fields.Select(static field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var field in file.Record.Fields)
        {
            foreach (var name in QueryNames(field))
            {
                // A query may use the full names as well.
                var otherField = name != field.Name && file.Record.Schema.Find(name) is not null;
                if (!queries.Add(name) || otherField)
                {
                    problems.Add(file.At(field, ProblemCode.OutsideNameTwice, $"another field has the query name '{name}'"));
                }
            }

            if (field.Constraints.DecimalName is { } decimalName && !json.Add(decimalName))
            {
                problems.Add(file.At(field, ProblemCode.OutsideNameTwice, $"another field has the JSON name '{decimalName}'"));
            }
        }
    }

    private static IEnumerable<string> QueryNames(FieldModel field) =>
        new[] { field.Constraints.Query, field.Constraints.QueryAlias }.OfType<string>();
}
