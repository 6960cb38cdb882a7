using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AdTracking.Testing;

/// <summary>The oracle (<c>tests/AdTracking.Oracle</c>) as a process: it loads a gateway and holds Kafka against what was promised.</summary>
public sealed class OracleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Watchdog _watchdog;
    private readonly Task<string> _output;
    private readonly StringBuilder _errors = new();
    private OracleProgress _progress = new(0, 0, 0, 0, 0, 0, 0);

    private OracleProcess(Process process)
    {
        _process = process;
        _watchdog = Watchdog.ForProcess(process);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The last line of progress; there is one every second.</summary>
    public OracleProgress Progress => Volatile.Read(ref _progress);

    private static string Executable =>
        Repository.PathOf("tests", "AdTracking.Oracle", "bin", Repository.Configuration, "net10.0", "adtracking-oracle");

    /// <summary>Starts it; it waits for the gateway and for its topics.</summary>
    /// <param name="gatewayFile">The <c>gateway.json</c> to follow.</param>
    /// <param name="arguments">Its further arguments: see its usage.</param>
    public static OracleProcess Start(string gatewayFile, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, ["--gateway", gatewayFile, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new OracleProcess(Process.Start(start) ?? throw new InvalidOperationException($"{Executable} did not start."));
    }

    /// <summary>Sends a command: <c>hold</c>, <c>go</c>, <c>rate N</c>.</summary>
    public void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until its progress is as wanted.</summary>
    public Task WaitAsync(Func<OracleProgress, bool> condition, TimeSpan limit, string what) => Poll.UntilAsync(
        async () => _process.HasExited ? throw await EndedAsync() : condition(Progress),
        limit,
        () => $"{what}; {Progress}; {Errors()}");

    /// <summary>Ends the sending, lets it read Kafka to the end, and returns its report.</summary>
    public async Task<OracleReport> FinishAsync(TimeSpan? limit = null)
    {
        Tell("finish");
        using var time = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(240));
        try
        {
            await _process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The oracle did not end: {Progress} {Errors()}", late);
        }

        var output = await _output;
        return output.Length > 0 ? OracleReport.Parse(output) : throw new InvalidOperationException($"No report: {Errors()}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // The exit code tells a signal (128 and its number) from an end of its own; the wait is for the last of what it wrote.
    private async Task<InvalidOperationException> EndedAsync()
    {
        await _process.WaitForExitAsync();
        return new InvalidOperationException($"The oracle ended with {_process.ExitCode} after {Progress}: {Errors()}{await _output}");
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.StartsWith('{'))
        {
            Volatile.Write(ref _progress, JsonSerializer.Deserialize<OracleProgress>(line, JsonSerializerOptions.Web)!);
        }
        else
        {
            lock (_errors)
            {
                _errors.AppendLine(line);
            }
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }
}
