using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>A version of a subject that is in use.</summary>
/// <param name="Version">The version, from 1.</param>
/// <param name="Schema">The schema.</param>
public sealed record ReleasedSchema(int Version, AvroSchema Schema);
