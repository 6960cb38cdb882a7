using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>What one rule finds at one pair of schemas.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Detail">What it is about, in Java's words.</param>
/// <param name="ReaderHas">What the reader's schema has there, for the sentence.</param>
/// <param name="WriterHas">What the writer's schema has there, for the sentence.</param>
/// <param name="Key">The key under both schemas that it is about: <c>size</c>; empty for the schemas themselves.</param>
/// <param name="Field">The reader's field that it is about.</param>
internal sealed record SchemaFault(
    CompatibilityRule Rule, string Detail, string ReaderHas = "", string WriterHas = "", string Key = "", RecordField? Field = null);
