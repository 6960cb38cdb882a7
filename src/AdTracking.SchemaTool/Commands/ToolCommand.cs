using System.CommandLine;

namespace AdTracking.SchemaTool;

/// <summary>The command line: verbs, options, and what the exit code says.</summary>
internal static class ToolCommand
{
    /// <summary>Runs one command line. Problems go to <paramref name="output"/> (MSBuild reads them there), wrong use to
    /// <paramref name="error"/>.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Generates C# from Avro schemas and guards their rules.")
        {
            GenerateCommand.Create(output),
            CheckCommand.Create(output),
            ValidateCommand.Create(output),
            TestLocalCommand.Create(output),
            ReleaseCommand.Create(output),
            DownloadCommand.Create(output, error),
            TestCommand.Create(output, error),
            RegisterCommand.Create(output, error),
            SetCompatibilityCommand.Create(output, error),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                error.WriteLine(problem.Message);
            error.WriteLine("adtracking-schema --help lists the commands and their options.");
            return ExitCode.Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }
}
