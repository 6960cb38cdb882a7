namespace AdTracking.Avro.Schemas;

/// <summary>What every node of a schema has beside its type.</summary>
internal sealed record SchemaAttributes(LogicalType? LogicalType, SchemaProperties Properties, int Line, int Column);
