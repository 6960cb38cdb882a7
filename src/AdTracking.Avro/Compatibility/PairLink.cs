using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>What a pair depends on.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="ReaderToken">The way to it in the reader's schema, empty for the same place.</param>
/// <param name="WriterToken">The way to it in the writer's schema, empty for the same place.</param>
/// <param name="ReaderField">The reader's field, where it is one.</param>
/// <param name="WriterField">The writer's field, where it is one.</param>
internal sealed record PairLink(
    SchemaPair Pair, string ReaderToken, string WriterToken, RecordField? ReaderField = null, RecordField? WriterField = null);
