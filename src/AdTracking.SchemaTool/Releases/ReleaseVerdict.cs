using AdTracking.Avro.Compatibility;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Releases;

/// <summary>What comes of comparing schemas with their released versions.</summary>
internal sealed class ReleaseVerdict
{
    /// <summary>Puts it together.</summary>
    public ReleaseVerdict(ProblemList fileProblems, IReadOnlyList<SubjectVerdict> subjects)
    {
        FileProblems = fileProblems;
        Subjects = subjects;
        Problems = ProblemList.Of([.. fileProblems.Sorted, .. subjects.SelectMany(static subject => subject.Problems)]);
    }

    /// <summary>What is wrong with the files, before anything was compared.</summary>
    public ProblemList FileProblems { get; }

    /// <summary>The subjects, and what they would break.</summary>
    public IReadOnlyList<SubjectVerdict> Subjects { get; }

    /// <summary>All problems.</summary>
    public ProblemList Problems { get; }

    /// <summary>Prints it: for people the problems, for machines what is wrong with files and then every subject.</summary>
    public void WriteTo(TextWriter output, bool json)
    {
        FileReports.Write([], json ? FileProblems : Problems, output, json);
        if (!json)
        {
            return;
        }

        foreach (var subject in Subjects)
        {
            var isCompatible = subject.Problems.All(static problem => problem.IsWarning);
            Report(subject, isCompatible ? "compatible" : "incompatible", subject.Subject.Name).WriteTo(output, json);
        }
    }

    /// <summary>A line about a subject.</summary>
    public static VerbReport Report(SubjectVerdict subject, string action, string text) => new(subject.Subject.Name, action, text)
    {
        Level = CompatibilityLevels.NameOf(subject.Subject.Level),
        File = subject.Subject.File.Path,
        Problems = subject.Problems.Count == 0 ? null : subject.Problems,
    };
}
