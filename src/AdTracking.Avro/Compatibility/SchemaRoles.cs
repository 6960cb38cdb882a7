namespace AdTracking.Avro.Compatibility;

/// <summary>What the two schemas are called in sentences, and which of them can still be changed.</summary>
/// <param name="Reader">What the reader's schema is called, at the beginning of a sentence.</param>
/// <param name="Writer">What the writer's schema is called, at the beginning of a sentence.</param>
/// <param name="NewReads">True where the reader's schema is the new one, false where the writer's is; null where neither is.</param>
internal sealed record SchemaRoles(string Reader, string Writer, bool? NewReads)
{
    public static SchemaRoles Neutral { get; } = new("The reader's schema", "The writer's schema", null);

    public static SchemaRoles Of(EvolutionDirection direction, int version) => direction == EvolutionDirection.Backward
        ? new SchemaRoles("The new schema", $"Version {version}", NewReads: true)
        : new SchemaRoles($"Version {version}", "The new schema", NewReads: false);
}
