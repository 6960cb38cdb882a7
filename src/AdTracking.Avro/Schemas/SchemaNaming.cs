namespace AdTracking.Avro.Schemas;

/// <summary>What every named type has.</summary>
internal sealed record SchemaNaming(SchemaName Name, IReadOnlyList<SchemaName> Aliases, string? Doc);
