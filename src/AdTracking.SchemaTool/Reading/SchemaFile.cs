using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Reading;

/// <summary>One .avsc file that is valid Avro.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">What generated code carries and what is registered: the file's text with Unix line ends and without the last one, or
/// the schema written out where the file refers to types of other files.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Types">The named types that this file defines, in the order of the text.</param>
/// <param name="Record">The record with what its attributes say. Where the file holds something else, a record of one field
/// <c>value</c>, which has the same bytes.</param>
internal sealed record SchemaFile(string Path, string Text, AvroSchema Schema, IReadOnlyList<NamedSchema> Types, RecordModel Record)
{
    /// <summary>The file's name without directory.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>True when the file holds a record.</summary>
    public bool IsRecord => Schema is RecordSchema;

    /// <summary>A problem with a field.</summary>
    public ReportedProblem At(FieldModel field, int code, string message) => new(Path, field.Line, field.Column, code, $"{field.Name}: {message}");

    /// <summary>A problem with a schema inside.</summary>
    public ReportedProblem At(AvroSchema schema, int code, string message) => new(Path, schema.Line, schema.Column, code, message);
}
