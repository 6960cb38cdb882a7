namespace AdTracking.Avro.Parsing;

/// <summary>Something that is wrong with a schema's text.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1, in UTF-16 units as editors count.</param>
/// <param name="Path">Where in the JSON: <c>$.fields[3].type[1]</c>.</param>
/// <param name="Code">What kind of problem.</param>
/// <param name="Message">A sentence for people, without the place.</param>
public sealed record SchemaProblem(int Line, int Column, string Path, SchemaProblemCode Code, string Message)
{
    /// <summary>True when the schema can be used anyway.</summary>
    public bool IsWarning => Code >= SchemaProblemCode.InvalidLogicalType;

    /// <inheritdoc/>
    public override string ToString() => $"({Line},{Column}): {(IsWarning ? "warning" : "error")} ADT{(int)Code}: {Message} [{Path}]";
}
