namespace AdTracking.Avro.Compatibility;

/// <summary>A pair that is still to be examined, and the way to it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Reader">Its place in the reader's schema.</param>
/// <param name="Writer">Its place in the writer's schema.</param>
/// <param name="Branch">Between two unions, the writer's branch: Java counts it in.</param>
/// <param name="IsEnd">True after everything that the pair depends on.</param>
internal sealed record PairVisit(SchemaPair Pair, SchemaPath Reader, SchemaPath Writer, string Branch, bool IsEnd = false);
