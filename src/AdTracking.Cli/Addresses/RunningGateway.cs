using System.Diagnostics;
using System.Text.Json;
using AdTracking.Cli.CommandLine;

namespace AdTracking.Cli.Addresses;

/// <summary>Finds a gateway on this machine by its data directory.</summary>
internal static class RunningGateway
{
    /// <summary>The addresses of the gateway that runs on <paramref name="dataDirectory"/>.</summary>
    /// <exception cref="UnavailableException">None runs there.</exception>
    public static GatewayFile Find(string dataDirectory, string insteadOption)
    {
        var path = Path.Combine(dataDirectory, "gateway.json");
        if (!File.Exists(path))
        {
            throw new UnavailableException($"No gateway runs on {dataDirectory}: start one, or give --data or {insteadOption}.");
        }

        var file = Read(path);
        return IsAlive(file.ProcessId)
            ? file
            : throw new UnavailableException(
                $"{path} was left behind by process {file.ProcessId}, which is gone: start the gateway, or give {insteadOption}.");
    }

    private static GatewayFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GatewayFile>(File.ReadAllText(path)) ?? throw new UnavailableException($"{path} is empty.");
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            throw new UnavailableException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
