using System.CommandLine;
using AdTracking.SchemaTool.Generation;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;
using AdTracking.SchemaTool.Rules;

namespace AdTracking.SchemaTool.Commands;

/// <summary><c>generate</c>: writes what the schemas ask for, and touches only files whose content changes.</summary>
internal static class GenerateCommand
{
    private const string Unchanged = "unchanged";

    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new SourceOptions();
        var command = new Command("generate", "Writes the C# classes of a directory of schemas.");
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
        FileReports.Write(folder.Problems.AnyError ? folder.Paths : [], folder.Problems, output, json);
        if (folder.Problems.AnyError)
        {
            return ToolExitCode.Problem;
        }

        var files = Generator.Generate(folder, selection);
        List<VerbReport> reports = [.. files.Select(static file => VerbReport.OfFile(file.Path, file.Write() ? "written" : Unchanged))];
        foreach (var stray in Freshness.StrayFiles(files, selection.Output))
        {
            File.Delete(stray);
            reports.Add(VerbReport.OfFile(stray, "removed"));
        }

        var changed = reports.Count(static report => report.Action != Unchanged);
        if (json)
        {
            reports.ForEach(report => report.WriteTo(output, json));
        }
        else
        {
            output.WriteLine(changed == 0 ? "Everything was fresh." : $"{changed} files changed.");
        }

        return ToolExitCode.Ok;
    }
}
