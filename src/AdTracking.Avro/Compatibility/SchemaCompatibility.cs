using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Says whether a reader's schema can read all that a writer's schema can write (Avro 1.12, "Schema Resolution"), by the rules
/// that Java's SchemaCompatibility and Confluent's registry apply. Cost is bounded, even for hostile schemas.</summary>
public static class SchemaCompatibility
{
    /// <summary>Every problem, in the order of the reader's text; empty where everything can be read and means the same.</summary>
    public static IReadOnlyList<CompatibilityProblem> Check(AvroSchema reader, AvroSchema writer) =>
        new PairReport(new PairGraph(reader, writer)).Problems();

    /// <summary>True where there are no problems except warnings.</summary>
    public static bool CanRead(AvroSchema reader, AvroSchema writer) => !new PairGraph(reader, writer).Root.IsBroken;
}
