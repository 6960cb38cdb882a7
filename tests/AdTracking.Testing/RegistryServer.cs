using System.Net;
using System.Net.Http.Json;

namespace AdTracking.Testing;

/// <summary>A real Schema Registry on loopback, in memory, gone when the test or its process ends.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new("registry");
    private readonly int _port = FreePorts.Take();
    private Watchdog? _watchdog;

    private RegistryServer()
    {
    }

    /// <summary>The base address of the Confluent REST API.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The base address of Apicurio's own API, which its Avro converter speaks.</summary>
    public Uri ApicurioUrl => new($"http://127.0.0.1:{_port}/apis/registry/v2");

    private static string Script => Path.Combine(Tools.RegistryHome!, "bin", "registry.sh");

    /// <summary>Starts it, with BACKWARD as the global compatibility level (Confluent's default; Apicurio's is NONE).</summary>
    public static async Task<RegistryServer> StartAsync()
    {
        var server = new RegistryServer();
        await server.RestartAsync();
        return server;
    }

    /// <summary>Ends it; what it held is gone.</summary>
    public async Task StopAsync()
    {
        if (_watchdog is { } watchdog)
        {
            await watchdog.DisposeAsync();
        }

        _watchdog = null;
    }

    /// <summary>Starts it again, empty, on the same port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _watchdog = Watchdog.Start("\"$1\" stop \"$2\"; rm -rf -- \"$2\"", Script, _directory.FullPath);
        string[] arguments = [Script, "start", _directory.FullPath, _port.ToString()];
        var outcome = await ToolProcess.RunAsync("setsid", arguments, TimeSpan.FromSeconds(90));
        Url = new Uri(outcome.Succeeded("registry.sh start").Output.Trim());
        using var http = new HttpClient();
        await SetLevelAsync(http);
    }

    /// <summary>Takes all subjects out, with their levels, and sets the global level again.</summary>
    public async Task ClearAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.DeleteAsync(new Uri($"{ApicurioUrl}/groups/default/artifacts"));
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            answer.EnsureSuccessStatusCode();
        }

        await SetLevelAsync(http);
    }

    private async Task SetLevelAsync(HttpClient http)
    {
        using var answer = await http.PutAsJsonAsync(new Uri($"{Url}/config"), new { compatibility = "BACKWARD" });
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }
}
