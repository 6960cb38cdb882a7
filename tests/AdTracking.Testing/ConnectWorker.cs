using System.Diagnostics;

namespace AdTracking.Testing;

/// <summary>Kafka Connect, standalone, with one connector; gone when the test or its process ends.</summary>
public sealed class ConnectWorker : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Watchdog _watchdog;

    private ConnectWorker(Process process, string logFile)
    {
        _process = process;
        LogFile = logFile;
        _watchdog = Watchdog.ForProcess(process);
    }

    /// <summary>What it wrote.</summary>
    public string LogFile { get; }

    /// <summary>Starts it on a folder of the test's own.</summary>
    public static ConnectWorker Start(
        TemporaryDirectory folder, IReadOnlyDictionary<string, string> worker, IReadOnlyDictionary<string, string> connector)
    {
        // Not in the test's folder: after a failure it is what one wants to read.
        var log = Directory.CreateDirectory(Repository.PathOf("artifacts")).FullName + "/connect.out";
        var script = Path.Combine(Tools.KafkaHome!, "bin", "connect-standalone.sh");
        string[] arguments =
        [
            "-c", "exec \"$1\" \"$2\" \"$3\" >\"$4\" 2>&1 </dev/null", "connect",
            script, Write(folder, "worker.properties", worker), Write(folder, "connector.properties", connector), log,
        ];
        return new ConnectWorker(Process.Start(new ProcessStartInfo("bash", arguments) { UseShellExecute = false })!, log);
    }

    public async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Write(TemporaryDirectory folder, string name, IReadOnlyDictionary<string, string> properties)
    {
        File.WriteAllLines(folder.PathOf(name), properties.Select(property => $"{property.Key}={property.Value}"));
        return folder.PathOf(name);
    }
}
