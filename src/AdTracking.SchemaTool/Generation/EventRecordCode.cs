using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;

namespace AdTracking.SchemaTool.Generation;

/// <summary>What ties the class for people to the hot path: its check, and its way into a view.</summary>
internal static class EventRecordCode
{
    /// <summary>Adds the members to the class.</summary>
    public static void Add(CodeText code, RecordModel record, string name, IReadOnlyList<string> properties)
    {
        code.Line().Summary("Everything that the gateway would object to in what a sender says; empty when nothing is wrong.");
        code.Line("public IReadOnlyList<EventFault> Validate() => EventRecord.Validate(this);");

        code.Line().Line("/// <inheritdoc/>");
        code.Open("public void Fill(ref EventView view, ref RecordFill fill)");
        for (var i = 0; i < properties.Count; i++)
        {
            code.Line(Call(record.Fields[i], $"{name}Field.{properties[i]}", properties[i]));
        }

        code.Close();
    }

    private static string Call(FieldModel field, string index, string property)
    {
        var value = field.Value is EnumSchema ? $"(int){property}" : property;
        return $"{(Verb(field) == "Flag" ? "RecordFill" : "fill")}.{Verb(field)}(ref view, {index}, {value});";
    }

    private static string Verb(FieldModel field) => field.Value switch
    {
        _ when field.Name == "event_name" => "Name",
        EnumSchema => "Symbol",
        ArraySchema => "Numbers",
        MapSchema => "Entries",
        { Type: SchemaType.String } => "Text",
        { Type: SchemaType.Boolean } => "Flag",
        _ when Shapes.IsTimestampMillis(field.Value) => "Time",
        _ => "Number",
    };
}
