using System.Text.Json;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Reading;

/// <summary>A schema that is not a record, as a record of one field: the bytes are the same, and what holds for records holds for it. It
/// has the file's name, or that and <c>Value</c> where a type inside has that name already.</summary>
internal static class ValueRecord
{
    private const string Suffix = "Value";

    // What was parsed within the limits may exceed them by what stands around it here.
    private static readonly SchemaParserOptions Options = new() { DepthMax = 200, BytesMax = int.MaxValue };

    /// <summary>The record around a schema.</summary>
    public static RecordSchema Of(string path, AvroSchema schema)
    {
        var name = CSharpNames.Pascal(string.Concat(Path.GetFileNameWithoutExtension(path).Select(Letter)));
        var doc = JsonSerializer.Serialize($"What {Path.GetFileName(path)} describes: one value.");
        while (Shapes.NamedTypes(schema).Any(type => type.FullName == name))
        {
            name += Suffix;
        }

        var text = $$"""{"type":"record","name":"{{name}}","doc":{{doc}},"fields":[{"name":"value","type":{{schema}}}]}""";
        return (RecordSchema)SchemaParser.Parse(text, Options).Required();
    }

    private static char Letter(char c) => char.IsAsciiLetterOrDigit(c) ? c : '_';
}
