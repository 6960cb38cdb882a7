namespace AdTracking.Avro.Compatibility;

/// <summary>A reason why a new schema cannot be released after an earlier version.</summary>
/// <param name="Version">The earlier version.</param>
/// <param name="Direction">Who reads whose data.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record EvolutionProblem(int Version, EvolutionDirection Direction, CompatibilityProblem Problem)
{
    /// <summary>The place in the new schema: what an editor should open.</summary>
    public SchemaPlace New => Direction == EvolutionDirection.Backward ? Problem.Reader : Problem.Writer;

    /// <summary>The place in the earlier version.</summary>
    public SchemaPlace Old => Direction == EvolutionDirection.Backward ? Problem.Writer : Problem.Reader;

    /// <summary>True where data can still be read, but means something else.</summary>
    public bool IsWarning => Problem.IsWarning;

    /// <summary>A sentence that says what is wrong and what to do in the new schema.</summary>
    public string Message => CompatibilityMessages.Of(Problem.Fault, SchemaRoles.Of(Direction, Version));

    /// <inheritdoc/>
    public override string ToString() => $"{CompatibilityRules.NameOf(Problem.Rule)} at {New.Pointer}: {Message}";
}
