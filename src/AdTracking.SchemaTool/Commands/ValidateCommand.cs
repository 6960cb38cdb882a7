using System.CommandLine;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;
using AdTracking.SchemaTool.Rules;

namespace AdTracking.SchemaTool.Commands;

/// <summary><c>validate</c>: are these files Avro schemas, and do they keep the house rules?</summary>
internal static class ValidateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Schema files, or directories of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(token => !File.Exists(token.Value) && !Directory.Exists(token.Value)))
            {
                result.AddError($"'{token.Value}' is neither a file nor a directory.");
            }
        });
        var avroOnly = new Option<bool>("--avro-only") { Description = "Avro's rules alone, without those of this house." };
        var json = JsonOption.Create();
        const string Does = "Says what is wrong with schemas, by these files alone: no registry is asked, and the types that they name stand in them.";
        var command = new Command("validate", Does) { paths, avroOnly, json };
        command.SetAction(parsed => Run(parsed.GetValue(paths)!, parsed.GetValue(avroOnly), output, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] paths, bool avroOnly, TextWriter output, bool json)
    {
        var folder = SchemaFolder.Read(paths.SelectMany(SchemaFolder.FilesOf), avroOnly);
        if (!avroOnly)
        {
            HouseRules.Apply(folder);
        }

        FileReports.Write(folder.Paths, folder.Problems, output, json);
        return folder.Problems.AnyError ? ToolExitCode.Problem : ToolExitCode.Ok;
    }
}
