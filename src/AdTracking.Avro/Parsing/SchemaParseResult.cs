using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>The result of parsing a schema.</summary>
/// <param name="Schema">The schema, or null where a problem is an error.</param>
/// <param name="Problems">All problems, in the order of the text; a schema may have warnings too.</param>
public sealed record SchemaParseResult(AvroSchema? Schema, IReadOnlyList<SchemaProblem> Problems)
{
    /// <summary>The schema; throws <see cref="FormatException"/> with all problems where there is none.</summary>
    public AvroSchema Required() =>
        Schema ?? throw new FormatException("The schema is not valid: " + string.Join("; ", Problems.Where(problem => !problem.IsWarning)));
}
