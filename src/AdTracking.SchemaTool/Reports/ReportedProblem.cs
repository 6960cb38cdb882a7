using System.Text.Json.Serialization;

namespace AdTracking.SchemaTool.Reports;

/// <summary>Something to object to, with its place, printed in the form that MSBuild and editors understand.</summary>
/// <param name="File">The file, as a path that the reader of the message can open.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Code">
/// Number of the rule: ADT1xxx is Avro itself, ADT2xxx the house, ADT3xxx generated code, ADT4xxx released versions, ADT5xxx a registry.
/// </param>
/// <param name="Message">A sentence that says what is wrong and what to do.</param>
/// <param name="IsWarning">True when the schema can be used anyway.</param>
internal sealed record ReportedProblem(
    string File,
    int Line,
    int Column,
    [property: JsonIgnore] int Code,
    [property: JsonPropertyOrder(1)] string Message, // last, since it is long
    [property: JsonIgnore] bool IsWarning = false)
{
    /// <summary>The number as it is printed.</summary>
    [JsonPropertyName("code")]
    public string PrintedCode => $"ADT{Code}";

    /// <summary><c>error</c> or <c>warning</c>.</summary>
    public string Severity => IsWarning ? "warning" : "error";

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line},{Column}): {Severity} {PrintedCode}: {Message}";
}
