using System.CommandLine;
using System.CommandLine.Parsing;
using AdTracking.Cli.CommandLine;

namespace AdTracking.Cli;

/// <summary>Parses and runs a command line; turns problems into one line on standard error and an exit code.</summary>
internal static class Run
{
    /// <summary>The exit code of the whole run.</summary>
    public static async Task<int> AsCommandLineAsync(RootCommand root, string[] arguments)
    {
        var result = root.Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"See: adtracking {PathOf(result)}--help");
            return ExitCodes.Usage;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UnavailableException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return ExitCodes.Unavailable;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static string PathOf(ParseResult result)
    {
        var path = "";
        for (SymbolResult? at = result.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            path = command.Command.Name + " " + path;
        }

        return path;
    }
}
