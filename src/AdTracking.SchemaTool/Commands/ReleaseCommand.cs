using System.CommandLine;
using AdTracking.SchemaTool.Generation;
using AdTracking.SchemaTool.Releases;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Commands;

/// <summary><c>release</c>: makes the schemas as they are now the next versions of their subjects, unless that breaks a reader.</summary>
internal static class ReleaseCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new ReleaseOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would be written, and writes nothing." };
        var json = JsonOption.Create();
        var command = new Command("release", "Writes changed schemas as the next versions of their subjects.");
        options.AddTo(command);
        command.Options.Add(dryRun);
        command.Options.Add(json);
        command.SetAction(parsed => Run(options, parsed, parsed.GetValue(dryRun), output, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ReleaseOptions options, ParseResult parsed, bool dryRun, TextWriter output, bool json)
    {
        var verdict = options.Judge(parsed);
        if (verdict.Problems.AnyError)
        {
            verdict.WriteTo(output, json);
            return ToolExitCode.Problem;
        }

        // Warnings. For machines those of a subject stand in its line.
        FileReports.Write([], json ? verdict.FileProblems : verdict.Problems, output, json);
        foreach (var subject in verdict.Subjects)
        {
            Release(subject, options.Released(parsed), dryRun, json).WriteTo(output, json);
        }

        return ToolExitCode.Ok;
    }

    private static VerbReport Release(SubjectVerdict verdict, string directory, bool dryRun, bool json)
    {
        var subject = verdict.Subject;
        var path = ReleaseFolder.PathOf(directory, subject.Name, subject.IsReleased ? subject.Latest!.Version : subject.NextVersion);
        var text = subject.IsReleased
            ? $"{subject.Name} is v{subject.Latest!.Version} already."
            : $"{subject.Name} {(dryRun ? "would become" : "is")} v{subject.NextVersion}: {path}";
        if (!subject.IsReleased && !dryRun)
        {
            new GeneratedFile(path, subject.File.Text + "\n", subject.File.FileName).Write();
        }

        var report = ReleaseVerdict.Report(verdict, subject.IsReleased ? "unchanged" : "released", text);
        return report with
        {
            Version = subject.IsReleased ? subject.Latest!.Version : subject.NextVersion,
            Target = path,
            DryRun = dryRun ? true : null,
            Problems = json ? report.Problems : null,
        };
    }
}
