using System.Globalization;

namespace AdTracking.Faults.Tests;

/// <summary>Watches the resident memory of a gateway.</summary>
internal static class ResidentMemory
{
    private const long KibiByte = 1_024;

    /// <summary>VmRSS, in bytes.</summary>
    public static long Of(GatewayProcess gateway)
    {
        var line = File.ReadLines($"/proc/{gateway.ProcessId}/status").First(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * KibiByte;
    }

    /// <summary>The highest value while a time goes by, asked every second.</summary>
    public static async Task<long> HighestAsync(GatewayProcess gateway, TimeSpan time)
    {
        var highest = Of(gateway);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var i = 0; i < time.TotalSeconds; i++)
        {
            await timer.WaitForNextTickAsync();
            highest = Math.Max(highest, Of(gateway));
        }

        return highest;
    }
}
