using System.Diagnostics;

namespace AdTracking.Testing;

/// <summary>Runs a program to its end.</summary>
public static class ToolProcess
{
    /// <summary>Runs it with a limit; a program that exceeds it is killed with its children.</summary>
    public static async Task<ProcessOutcome> RunAsync(
        string program,
        IEnumerable<string> arguments,
        TimeSpan? limit = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var time = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end in time.\n{await output}\n{await errors}", late);
        }

        return new ProcessOutcome(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a script of <c>tests/node</c>.</summary>
    public static Task<ProcessOutcome> NodeAsync(string script, IEnumerable<string> arguments, TimeSpan? limit = null) =>
        RunAsync("node", [Path.Combine(Tools.NodeScripts, script), .. arguments], limit, directory: Tools.NodeScripts);
}
