using System.CommandLine;

namespace AdTracking.SchemaTool;

/// <summary><c>release</c>: makes the schemas as they are now the next versions of their subjects, unless that breaks a reader.</summary>
internal static class ReleaseCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new ReleaseOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would be written, and writes nothing." };
        var command = new Command("release", "Writes changed schemas as the next versions of their subjects.");
        options.AddTo(command);
        command.Options.Add(dryRun);
        command.SetAction(parsed => Run(options, parsed, parsed.GetValue(dryRun), output));
        return command;
    }

    private static int Run(ReleaseOptions options, ParseResult parsed, bool dryRun, TextWriter output)
    {
        (SchemaFolder folder, IReadOnlyList<Subject> subjects) = options.Read(parsed);
        ReleaseCheck.Apply(folder, subjects);
        folder.Problems.WriteTo(output);
        if (folder.Problems.AnyError)
            return ExitCode.Problem;
        foreach (Subject subject in subjects)
        {
            if (subject.IsReleased)
            {
                output.WriteLine($"{subject.Name} is v{subject.Latest!.Version} already.");
                continue;
            }

            string path = ReleaseFolder.PathOf(options.Released(parsed), subject.Name, subject.NextVersion);
            if (!dryRun)
                new GeneratedFile(path, subject.File.Text + "\n", subject.File.FileName).Write();
            output.WriteLine($"{subject.Name} {(dryRun ? "would become" : "is")} v{subject.NextVersion}: {path}");
        }

        return ExitCode.Ok;
    }
}
