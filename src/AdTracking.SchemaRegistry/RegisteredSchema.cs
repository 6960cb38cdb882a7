namespace AdTracking.SchemaRegistry;

/// <summary>A schema as a registry holds it.</summary>
/// <param name="Subject">The subject, usually <c>topic-value</c>.</param>
/// <param name="Version">The version within the subject, from 1.</param>
/// <param name="Id">The id that precedes every record.</param>
/// <param name="Schema">The text.</param>
/// <param name="SchemaType">AVRO, JSON or PROTOBUF; null means AVRO.</param>
public sealed record RegisteredSchema(string Subject, int Version, int Id, string Schema, string? SchemaType = null)
{
    /// <summary>Types of other subjects that it uses.</summary>
    public IReadOnlyList<SchemaReference> References { get; init; } = [];
}
