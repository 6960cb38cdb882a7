using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Rules;

/// <summary>A named type that stands in several files is the same in all of them: there is one C# type for it.</summary>
internal static class SharedTypeRule
{
    /// <summary>Reports every definition that differs from the first one.</summary>
    public static void Apply(IReadOnlyList<SchemaFile> files, ProblemList problems)
    {
        var first = new Dictionary<string, (SchemaFile File, NamedSchema Type)>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var type in file.Types)
            {
                if (first.TryAdd(type.FullName, (file, type)) || first[type.FullName].Type.ToString() == type.ToString())
                {
                    continue;
                }

                (var other, var definition) = first[type.FullName];
                var place = $"{other.FileName}({definition.Line})";
                problems.Add(file.At(type, ProblemCode.TypeDefinedTwice, $"{type.FullName} is another type in {place}"));
            }
        }
    }
}
