namespace AdTracking.Load.Results;

/// <summary>CPU time of another process, from Linux's <c>/proc</c>.</summary>
internal static class ProcessCpu
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed in Linux's interface on every architecture that .NET has.

    /// <summary>User and system time of a process in seconds.</summary>
    public static double Seconds(int processId) => Parse(File.ReadAllText($"/proc/{processId}/stat"));

    /// <summary>The same from the text of its <c>stat</c>. The name in parentheses may itself have spaces and parentheses.</summary>
    public static double Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond;
    }
}
