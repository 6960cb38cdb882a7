namespace AdTracking.SchemaTool.Generation;

/// <summary>What is read, and where the results belong.</summary>
/// <param name="Schemas">Directory of the .avsc files.</param>
/// <param name="Output">Directory of the generated files.</param>
/// <param name="Namespace">C# namespace, or null for the schema's own.</param>
/// <param name="Docs">Markdown file with the tables of fields, or null.</param>
/// <param name="Released">Directory of the released schemas, or null.</param>
internal sealed record SourceSelection(string Schemas, string Output, string? Namespace, string? Docs, string? Released = null);
