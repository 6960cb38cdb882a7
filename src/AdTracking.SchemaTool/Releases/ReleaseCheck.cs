using AdTracking.Avro.Compatibility;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Releases;

/// <summary>Compares schemas with their released versions: what would break a reader is told on the line where it stands.</summary>
internal static class ReleaseCheck
{
    /// <summary>Finds everything that breaks the level of a subject.</summary>
    public static ReleaseVerdict Judge(SchemaFolder folder, IReadOnlyList<Subject> subjects) =>
        new(folder.Problems, [.. subjects.Select(subject => new SubjectVerdict(subject, ProblemsOf(subject, folder)))]);

    private static IReadOnlyList<ReportedProblem> ProblemsOf(Subject subject, SchemaFolder folder)
    {
        var problems = new ProblemList();
        var places = new PlacesOfTypes(subject.File, folder);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var problem in SchemaEvolution.Check(subject.File.Schema, subject.Versions, subject.Level))
        {
            // The same with an older version says nothing new.
            if (told.Add($"{problem.Problem.Rule} {problem.Direction} {problem.New.Pointer} {problem.Problem.Detail}"))
            {
                problems.Add(Of(problem, subject.Name, subject.Level, places.FileOf(problem.New.Line, problem.New.Column)));
            }
        }

        return problems.Sorted;
    }

    /// <summary>A problem of a schema with a version, whoever holds that: a repository, or a registry.</summary>
    public static ReportedProblem Of(EvolutionProblem problem, string subject, CompatibilityLevel level, string file)
    {
        var rule = CompatibilityRules.NameOf(problem.Problem.Rule);
        var message = $"{problem.Message} [{rule}, {subject} v{problem.Version}, {CompatibilityLevels.NameOf(level)}]";
        return new ReportedProblem(file, problem.New.Line, problem.New.Column, RuleCode.Of(problem.Problem.Rule), message, problem.IsWarning);
    }
}
