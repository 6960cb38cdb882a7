using System.CommandLine;

namespace AdTracking.SchemaTool;

/// <summary><c>generate</c>: writes what the schemas ask for, and touches only files whose content changes.</summary>
internal static class GenerateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var options = new SourceOptions();
        var command = new Command("generate", "Writes the C# classes of a directory of schemas.");
        options.AddTo(command);
        command.SetAction(parsed => Run(options.Read(parsed), output));
        return command;
    }

    private static int Run(SourceSelection selection, TextWriter output)
    {
        SchemaFolder folder = SchemaFolder.Read(selection.Schemas);
        HouseRules.Apply(folder);
        folder.Problems.WriteTo(output);
        if (folder.Problems.AnyError)
            return ExitCode.Problem;

        int changed = 0;
        foreach (GeneratedFile file in Generator.Generate(folder, selection))
            changed += file.Write() ? 1 : 0;
        foreach (string stray in Freshness.StrayFiles(Generator.Generate(folder, selection), selection.Output))
        {
            File.Delete(stray);
            changed++;
        }

        output.WriteLine(changed == 0 ? "Everything was fresh." : $"{changed} files changed.");
        return ExitCode.Ok;
    }
}
