using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using AdTracking.Load.Engine;
using AdTracking.Load.Results;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load;

/// <summary><c>adtracking-load run FILE...</c>.</summary>
internal static class RunCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("scenario") { Description = "Scenario files; they run one after another", Arity = ArgumentArity.OneOrMore };
        files.AcceptExistingOnly();
        var target = new Option<string>("--target") { Description = "Where to send: http://HOST:PORT", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var pid = new Option<int?>("--pid") { Description = "Process id of the server on this machine: its CPU is measured" };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result as JSON to this file" };
        var command = new Command("run", "Runs scenarios and prints their results; a threshold that does not hold makes the exit code 1")
        {
            files, target, pid, json,
        };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(files), result.GetRequiredValue(target), result.GetValue(pid), result.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo[] files, string address, int? pid, FileInfo? json, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var target) || target.Scheme != "http" || target.PathAndQuery != "/")
        {
            await Console.Error.WriteLineAsync($"--target must be http://HOST:PORT, not {address}");
            return ExitCodes.Usage;
        }

        if (ReadAll(files) is not { } scenarios)
        {
            return ExitCodes.WrongScenario;
        }

        var addresses = await Dns.GetHostAddressesAsync(target.DnsSafeHost, cancellation);
        var results = new List<ScenarioResult>();
        var exitCode = ExitCodes.Done;
        foreach (var scenario in scenarios.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            var result = await RunOneAsync(scenario, new IPEndPoint(addresses[0], target.Port), target.Authority, pid, cancellation);
            results.Add(result);
            foreach (var failure in ThresholdCheck.Failures(result, scenario.Thresholds))
            {
                await Console.Error.WriteLineAsync($"{scenario.Name}: threshold {failure}");
                exitCode = ExitCodes.ThresholdFailed;
            }
        }

        await Console.Out.WriteAsync(ResultText.Table(results));
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, ResultText.Json(results) + "\n", CancellationToken.None);
        }

        return cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : results.Exists(result => result.Counts.Succeeded == 0) ? ExitCodes.Unavailable : exitCode;
    }

    private static List<Scenario>? ReadAll(FileInfo[] files)
    {
        var scenarios = new List<Scenario>();
        foreach (var file in files)
        {
            if (ScenarioReader.Read(File.ReadAllText(file.FullName), out var problems) is { } scenario)
            {
                scenarios.Add(scenario);
            }

            foreach (var problem in problems)
            {
                Console.Error.WriteLine($"{file}: {problem}");
            }
        }

        return scenarios.Count == files.Length ? scenarios : null;
    }

    private static async Task<ScenarioResult> RunOneAsync(
        Scenario scenario, IPEndPoint endPoint, string host, int? pid, CancellationToken cancellation)
    {
        var run = new LoadRun(scenario, endPoint, host, RandomNumberGenerator.GetInt32(int.MaxValue));
        var server = pid is { } before ? ProcessCpu.Seconds(before) : 0;
        var client = Environment.CpuUsage.TotalTime;
        var work = run.RunAsync(cancellation);
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) != work)
        {
            await Console.Error.WriteLineAsync(
                $"{scenario.Name}: {run.ElapsedSeconds:0} of {scenario.Seconds:0} s, {run.Recorder.Succeeded} ok, {run.Recorder.Failed} failed");
        }

        await work;
        return new ScenarioResult(
            scenario.Name, run.ElapsedSeconds, run.Recorder, pid is { } after ? ProcessCpu.Seconds(after) - server : null,
            (Environment.CpuUsage.TotalTime - client).TotalSeconds);
    }
}
