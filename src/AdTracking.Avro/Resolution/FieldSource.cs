namespace AdTracking.Avro.Resolution;

/// <summary>Where a reader's field comes from.</summary>
/// <param name="Field">The writer's field, or -1 for the default.</param>
/// <param name="Step">How it is read.</param>
/// <param name="Default">The default's bytes.</param>
internal readonly record struct FieldSource(int Field, ResolutionStep Step, byte[] Default);
