using System.CommandLine;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Commands;

/// <summary><c>test-local</c>: would these schemas break a reader of their released versions? Without a registry.</summary>
internal static class TestLocalCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new ReleaseOptions();
        var json = JsonOption.Create();
        var command = new Command("test-local", "Says what in the schemas would break readers of their released versions.");
        options.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => Run(options, parsed, output, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ReleaseOptions options, ParseResult parsed, TextWriter output, bool json)
    {
        var verdict = options.Judge(parsed);
        verdict.WriteTo(output, json);
        return verdict.Problems.AnyError ? ToolExitCode.Problem : ToolExitCode.Ok;
    }
}
