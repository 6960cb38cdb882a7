using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>AdImpressionView.g.cs</c>: typed reading of an event on the hot path.</summary>
internal static class ViewFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(RecordModel record, string origin, string ns)
    {
        var name = CSharpNames.Pascal(record.Name);
        var properties = CSharpNames.Properties(record.Schema);
        var code = CodeFile.Start(origin, ns, CodeFile.EventUsings);
        code.Line($"/// <summary>A finished {record.Name} on the hot path, read by name: text stays UTF-8 in place, nothing is allocated. The view");
        code.Line("/// that it was made of must not be changed while it is used.</summary>");
        code.Open($"public readonly ref struct {name}View");
        code.Line("private readonly EventFields _fields;").Line();
        code.Summary("Reads this event.");
        code.Line($"public {name}View(ref readonly EventView view) => _fields = new EventFields(in view);");
        for (var i = 0; i < properties.Count; i++)
        {
            if (Accessor(record.Fields[i], $"{name}Field.{properties[i]}") is not (string type, string expression))
            {
                continue;
            }

            code.Line().Summary(record.Fields[i].Field.Doc ?? $"The field {record.Fields[i].Name}.");
            code.Line($"public {type} {properties[i]} => {expression};");
        }

        return code.Close().ToString();
    }

    // Maps have no one value: their entries are read from the view itself.
    private static (string Type, string Expression)? Accessor(FieldModel field, string index)
    {
        var call = field.Nullable ? "OrNull" : "";
        var mark = field.Nullable ? "?" : "";
        return LayoutFile.KindOf(field) switch
        {
            "String" => ("ReadOnlySpan<byte>", $"_fields.Text({index})"),
            "Int" => ("int" + mark, $"_fields.Int{call}({index})"),
            "Long" or "MoneyMicros" => ("long" + mark, $"_fields.Long{call}({index})"),
            "TimestampMillis" => ("DateTimeOffset" + mark, $"_fields.Time{call}({index})"),
            "Boolean" => ("bool" + mark, $"_fields.Boolean{call}({index})"),
            "Enum" when !field.Nullable => (TypeOf(field), Symbol(field, index)),
            _ => null,
        };
    }

    private static string TypeOf(FieldModel field) => CSharpNames.Pascal(((EnumSchema)field.Value).Name.Name);

    private static string Symbol(FieldModel field, string index) =>
        $"({TypeOf(field)})_fields.Symbol({index}, {LayoutFile.DefaultIndex(field)})";
}
