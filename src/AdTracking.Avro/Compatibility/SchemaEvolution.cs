using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Checks a new version of a schema at one of the seven levels, as Confluent's registry does. Reports every problem, not only the first.</summary>
public static class SchemaEvolution
{
    /// <summary>All problems of a new schema with the versions that its level covers, the latest version first.</summary>
    /// <param name="candidate">The new schema.</param>
    /// <param name="released">The versions that are in use, in any order.</param>
    /// <param name="level">The level.</param>
    public static IReadOnlyList<EvolutionProblem> Check(
        AvroSchema candidate, IReadOnlyCollection<ReleasedSchema> released, CompatibilityLevel level)
    {
        List<EvolutionProblem> problems = [];
        IEnumerable<ReleasedSchema> latestFirst = released.OrderByDescending(version => version.Version);
        foreach (var version in IsTransitive(level) ? latestFirst : latestFirst.Take(1))
        {
            if (Includes(level, EvolutionDirection.Backward))
            {
                Add(problems, version.Version, EvolutionDirection.Backward, SchemaCompatibility.Check(candidate, version.Schema));
            }

            if (Includes(level, EvolutionDirection.Forward))
            {
                Add(problems, version.Version, EvolutionDirection.Forward, SchemaCompatibility.Check(version.Schema, candidate));
            }
        }

        return problems;
    }

    /// <summary>True where a level covers all earlier versions, not only the latest.</summary>
    public static bool IsTransitive(CompatibilityLevel level) =>
        level is CompatibilityLevel.BackwardTransitive or CompatibilityLevel.ForwardTransitive or CompatibilityLevel.FullTransitive;

    /// <summary>True where a level requires a direction.</summary>
    public static bool Includes(CompatibilityLevel level, EvolutionDirection direction) => level switch
    {
        CompatibilityLevel.Backward or CompatibilityLevel.BackwardTransitive => direction == EvolutionDirection.Backward,
        CompatibilityLevel.Forward or CompatibilityLevel.ForwardTransitive => direction == EvolutionDirection.Forward,
        CompatibilityLevel.Full or CompatibilityLevel.FullTransitive => true,
        _ => false,
    };

    private static void Add(
        List<EvolutionProblem> problems, int version, EvolutionDirection direction, IReadOnlyList<CompatibilityProblem> found)
    {
        foreach (var problem in found)
        {
            problems.Add(new EvolutionProblem(version, direction, problem));
        }
    }
}
