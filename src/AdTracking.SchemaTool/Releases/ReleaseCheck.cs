using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>Compares schemas with their released versions: what would break a reader is told on the line where it stands.</summary>
internal static class ReleaseCheck
{
    /// <summary>Adds a problem for everything that breaks the level of a subject.</summary>
    public static void Apply(SchemaFolder folder, IReadOnlyList<Subject> subjects)
    {
        foreach (Subject subject in subjects)
        {
            var places = new PlacesOfTypes(subject.File, folder);
            var told = new HashSet<string>(StringComparer.Ordinal);
            foreach (EvolutionProblem problem in SchemaEvolution.Check(subject.File.Schema, subject.Versions, subject.Level))
            {
                // The same with an older version says nothing new.
                if (told.Add($"{problem.Problem.Rule} {problem.Direction} {problem.New.Pointer} {problem.Problem.Detail}"))
                    folder.Problems.Add(Of(problem, subject, places));
            }
        }
    }

    private static Problem Of(EvolutionProblem problem, Subject subject, PlacesOfTypes places)
    {
        string rule = CompatibilityRules.NameOf(problem.Problem.Rule);
        string message = $"{problem.Message} [{rule}, {subject.Name} v{problem.Version}, {CompatibilityLevels.NameOf(subject.Level)}]";
        (int line, int column) = (problem.New.Line, problem.New.Column);
        return new Problem(places.FileOf(line, column), line, column, RuleCode.Of(problem.Problem.Rule), message, problem.IsWarning);
    }
}
