using System.CommandLine;

namespace AdTracking.SchemaTool;

/// <summary><c>test-local</c>: would these schemas break a reader of their released versions? Without a registry.</summary>
internal static class TestLocalCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new ReleaseOptions();
        var command = new Command("test-local", "Says what in the schemas would break readers of their released versions.");
        options.AddTo(command);
        command.SetAction(parsed => Run(options, parsed, output));
        return command;
    }

    private static int Run(ReleaseOptions options, ParseResult parsed, TextWriter output)
    {
        (SchemaFolder folder, IReadOnlyList<Subject> subjects) = options.Read(parsed);
        ReleaseCheck.Apply(folder, subjects);
        folder.Problems.WriteTo(output);
        return folder.Problems.AnyError ? ExitCode.Problem : ExitCode.Ok;
    }
}
