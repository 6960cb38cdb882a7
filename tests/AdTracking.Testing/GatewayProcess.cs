using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AdTracking.Testing;

/// <summary>The built gateway as a process of its own, with a data directory of its own unless one is given. It is killed when the test or
/// the test process ends.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Watchdog _watchdog;
    private readonly TemporaryDirectory? _ownDirectory;
    private readonly ProcessWrapper? _wrapper;
    private readonly StringBuilder _output = new();
    private readonly Lock _outputLock = new();

    private GatewayProcess(Process process, string dataDirectory, TemporaryDirectory? ownDirectory, ProcessWrapper? wrapper)
    {
        _process = process;
        _ownDirectory = ownDirectory;
        _wrapper = wrapper;
        DataDirectory = dataDirectory;
        _watchdog = Watchdog.ForProcess(process, ownDirectory?.FullPath);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The executable that is started: the one of the same build as the tests.</summary>
    public static string Executable => Repository.Executable("AdTracking.Gateway", "adtracking-gateway");

    /// <summary>Its data directory.</summary>
    public string DataDirectory { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>CPU time used until now, user and kernel.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Where it listens; set once <c>gateway.json</c> was there.</summary>
    public GatewayAddresses Addresses { get; private set; } = null!;

    /// <summary>The public listener.</summary>
    public Uri Http => Addresses.Http;

    /// <summary>The admin listener.</summary>
    public Uri Admin => Addresses.Admin;

    /// <summary>All that it wrote until now, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_outputLock)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it on free ports and waits until it is ready.</summary>
    /// <param name="settings">Settings by name, for example <c>Kafka:BootstrapServers</c>.</param>
    /// <param name="dataDirectory">A directory that stays; null makes one that goes with the process.</param>
    /// <param name="wrapper">What it is wrapped into; null for nothing.</param>
    public static async Task<GatewayProcess> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, string? dataDirectory = null, ProcessWrapper? wrapper = null)
    {
        var gateway = Launch(settings, dataDirectory, wrapper);
        try
        {
            await gateway.WaitForAddressesAsync();
            await gateway.WaitUntilReadyAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static GatewayProcess Launch(
        IReadOnlyDictionary<string, string>? settings = null, string? dataDirectory = null, ProcessWrapper? wrapper = null)
    {
        var own = dataDirectory is null ? new TemporaryDirectory("gateway") : null;
        var data = dataDirectory ?? own!.PathOf("data");
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Data:Directory"] = data,
            ["Http:Port"] = "0",
            ["Admin:Port"] = "0",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        string[] command = [.. wrapper?.Command ?? [], Executable, .. all.Select(setting => $"--{setting.Key}={setting.Value}")];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in wrapper?.Environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Executable} did not start.");
        return new GatewayProcess(process, data, own, wrapper);
    }

    /// <summary>A path of a file that the gateway sees under this one, also when it has mounts of its own.</summary>
    public string Seen(string path) => _wrapper is { HasOwnMounts: true } ? $"/proc/{_process.Id}/root{path}" : path;

    /// <summary>Waits for <c>gateway.json</c> of this process.</summary>
    public Task WaitForAddressesAsync(TimeSpan? limit = null) => Poll.UntilAsync(
        () => HasExited ? throw new InvalidOperationException($"The gateway ended with {_process.ExitCode}:\n{Output}") : ReadAddresses(),
        limit ?? TimeSpan.FromSeconds(60),
        () => $"gateway.json in {DataDirectory}\n{Output}");

    /// <summary>Waits until <c>/ready</c> answers 200.</summary>
    public async Task WaitUntilReadyAsync(TimeSpan? limit = null)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Poll.UntilAsync(
            async () => await IsReadyAsync(http),
            limit ?? TimeSpan.FromSeconds(60),
            () => $"/ready of the gateway\n{Output}");
    }

    /// <summary>Waits until <c>/health</c> says this, in any case of letters, and returns the page.</summary>
    public async Task<string> WaitForHealthAsync(string part)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var page = "";
        await Poll.UntilAsync(
            async () => (page = await HealthAsync(http)).Contains(part, StringComparison.OrdinalIgnoreCase),
            TimeSpan.FromSeconds(60),
            () => $"\"{part}\" in /health of the gateway: {page}");
        return page;
    }

    /// <summary>Sends a signal.</summary>
    public void Send(Signal signal) => Signals.Send(_process.Id, signal);

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? limit = null)
    {
        using var time = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(40));
        try
        {
            await _process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The gateway did not end.\n{Output}", late);
        }

        return _process.ExitCode;
    }

    /// <summary>SIGTERM, then its exit code.</summary>
    public Task<int> TerminateAsync(TimeSpan? limit = null)
    {
        Send(Signal.Terminate);
        return WaitForExitAsync(limit);
    }

    /// <summary>kill -9, and nothing else.</summary>
    public Task<int> KillAsync()
    {
        Send(Signal.Kill);
        return WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _ownDirectory?.Dispose();
    }

    private async Task<string> HealthAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri(Admin, "/health"));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        if (HasExited)
        {
            throw new InvalidOperationException($"The gateway ended with {_process.ExitCode}:\n{Output}");
        }

        try
        {
            using var answer = await http.GetAsync(new Uri(Admin, "/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception none) when (none is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private bool ReadAddresses()
    {
        try
        {
            var addresses = JsonSerializer.Deserialize<GatewayAddresses>(File.ReadAllText(Seen(Path.Combine(DataDirectory, "gateway.json"))));
            if (addresses?.ProcessId != _process.Id)
            {
                return false;
            }

            Addresses = addresses;
            return true;
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_outputLock)
        {
            _output.AppendLine(line);
        }
    }
}
