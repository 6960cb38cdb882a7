using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>What the generator cannot make C# of, told before it tries.</summary>
internal static class GeneratorRule
{
    /// <summary>Adds a problem for every field of every record, nested ones too, whose type has no C#.</summary>
    public static void Apply(SchemaFolder folder)
    {
        foreach (SchemaFile file in folder.Files)
        {
            IEnumerable<RecordField> fields = Shapes.NamedTypes(file.Record.Schema).OfType<RecordSchema>().SelectMany(static r => r.Fields);
            foreach (RecordField field in fields.Where(static field => !CSharpTypes.Supports(field.Schema)))
            {
                string message = $"{field.Name}: there is no C# for a bare null or a union of more than null and one type";
                folder.Problems.Add(new(file.Path, field.Line, field.Column, ProblemCode.NoCSharp, message));
            }
        }
    }
}
