using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>One .avsc file that is valid Avro and holds a record.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">Its text with Unix line ends and without the last one: what generated code carries and what is registered.</param>
/// <param name="Record">The record with what its attributes say.</param>
internal sealed record SchemaFile(string Path, string Text, RecordModel Record)
{
    /// <summary>The file's name without directory.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>A problem with a field.</summary>
    public Problem At(FieldModel field, int code, string message) => new(Path, field.Line, field.Column, code, $"{field.Name}: {message}");

    /// <summary>A problem with a schema inside.</summary>
    public Problem At(AvroSchema schema, int code, string message) => new(Path, schema.Line, schema.Column, code, message);
}
