using System.CommandLine;
using AdTracking.SchemaTool.Commands;
using AdTracking.SchemaTool.Registry;

namespace AdTracking.SchemaTool;

/// <summary>The command line: verbs, options, and what the exit code says.</summary>
public static class ToolCommand
{
    private const string Description = "Generates C# from Avro schemas and guards their rules.";

    /// <summary>The verbs below a command of another program.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="output">Where problems and results go.</param>
    /// <param name="error">Where progress goes.</param>
    public static Command CreateCommand(string name, TextWriter output, TextWriter error) => AddVerbs(new Command(name, Description), output, error);

    /// <summary>Runs one command line. Problems go to <paramref name="output"/> (MSBuild reads them there), wrong use to
    /// <paramref name="error"/>.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var root = AddVerbs(new RootCommand(Description), output, error);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine(problem.Message);
            }

            error.WriteLine("adtracking-schema --help lists the commands and their options.");
            return ToolExitCode.Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    private static T AddVerbs<T>(T command, TextWriter output, TextWriter error)
        where T : Command
    {
        command.Add(GenerateCommand.Create(output));
        command.Add(CheckCommand.Create(output));
        command.Add(ValidateCommand.Create(output));
        command.Add(TestLocalCommand.Create(output));
        command.Add(ReleaseCommand.Create(output));
        command.Add(DownloadCommand.Create(output, error));
        command.Add(TestCommand.Create(output, error));
        command.Add(RegisterCommand.Create(output, error));
        command.Add(SetCompatibilityCommand.Create(output, error));
        return command;
    }
}
