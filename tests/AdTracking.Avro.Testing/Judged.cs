using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Testing;

/// <summary>Helpers of the tests of compatibility.</summary>
internal static class Judged
{
    public static AvroSchema Schema(string text) => SchemaParser.Parse(text).Required();

    public static IReadOnlyList<CompatibilityProblem> Problems(string reader, string writer) =>
        SchemaCompatibility.Check(Schema(reader), Schema(writer));

    /// <summary>Rules and pointers: <c>TYPE_MISMATCH /fields/0/type /fields/1/type</c>.</summary>
    public static string[] Lines(string reader, string writer) =>
        [.. Problems(reader, writer).Select(problem => $"{CompatibilityRules.NameOf(problem.Rule)} {problem.Reader.Pointer} {problem.Writer.Pointer}")];

    /// <summary>True where we refuse on purpose what Java's checker passes or throws at: a reader's field that finds several of the
    /// writer's. Its reader then throws, or takes a value from a field of another meaning.</summary>
    public static bool IsStricter(IEnumerable<CompatibilityProblem> problems) =>
        problems.Any(problem => problem.Rule == CompatibilityRule.AmbiguousAlias);

    /// <summary>A record with these fields.</summary>
    public static string Record(string fields, string name = "R", string more = "") =>
        $$"""{"type":"record","name":"{{name}}"{{more}},"fields":[{{fields}}]}""";

    /// <summary>A record with one field of this type.</summary>
    public static string Of(string type, string more = "") => Record($$"""{"name":"x","type":{{type}}{{more}}}""");
}
