using System.CommandLine;
using AdTracking.SchemaTool.Generation;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Releases;
using AdTracking.SchemaTool.Reports;
using AdTracking.SchemaTool.Rules;

namespace AdTracking.SchemaTool.Commands;

/// <summary><c>check</c>: every schema is valid, keeps the house rules and breaks no reader of its
/// released versions, and the generated code is theirs, byte for byte.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new SourceOptions();
        const string Does = "Says what is wrong with the schemas, what would break readers of released versions, and where generated code is not fresh.";
        var command = new Command("check", Does);
        options.AddTo(command);
        var json = JsonOption.Create();
        command.Options.Add(json);
        command.SetAction(parsed => Run(options.Read(parsed), output, parsed.GetValue(json)));
        return command;
    }

    private static int Run(SourceSelection selection, TextWriter output, bool json)
    {
        var folder = SchemaFolder.Read(selection.Schemas);
        HouseRules.Apply(folder);
        var problems = folder.Problems;
        if (selection.Released is { } released && !folder.Problems.AnyUnread)
        {
            problems = ReleaseCheck.Judge(folder, ReleaseFolder.Read(released, folder)).Problems;
        }

        if (!problems.AnyError)
        {
            Freshness.Check(Generator.Generate(folder, selection), selection.Output, problems);
        }

        FileReports.Write(folder.Paths, problems, output, json);
        return problems.AnyError ? ToolExitCode.Problem : ToolExitCode.Ok;
    }
}
