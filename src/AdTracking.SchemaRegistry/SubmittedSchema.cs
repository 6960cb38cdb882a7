namespace AdTracking.SchemaRegistry;

/// <summary>A schema as it is put to a registry.</summary>
/// <param name="Text">The text.</param>
public sealed record SubmittedSchema(string Text)
{
    /// <summary>Types of other subjects that it uses.</summary>
    public IReadOnlyList<SchemaReference> References { get; init; } = [];

    /// <summary>True where schemas that differ in form only are one to the registry (<c>normalize=true</c>).</summary>
    public bool IsNormalized { get; init; }
}
