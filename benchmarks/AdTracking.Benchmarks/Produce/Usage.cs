using System.Diagnostics;

namespace AdTracking.Benchmarks.Produce;

/// <summary>Wall time, CPU of this process and of the broker, and bytes allocated, from its making on.</summary>
internal sealed class Usage
{
    private const double TicksPerSecond = 100;
    private readonly int? _brokerPid;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly double _broker;

    public Usage(int? brokerPid)
    {
        _brokerPid = brokerPid;
        _broker = BrokerSeconds();
    }

    public double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public double CpuSeconds => (Process.GetCurrentProcess().TotalProcessorTime - _cpu).TotalSeconds;

    public double BrokerCpuSeconds => BrokerSeconds() - _broker;

    public long AllocatedBytes => GC.GetTotalAllocatedBytes(precise: true) - _allocated;

    // utime and stime of /proc/PID/stat, in hundredths of a second; the command in parentheses may hold blanks.
    private double BrokerSeconds()
    {
        if (_brokerPid is not { } pid)
        {
            return 0;
        }

        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11]) + double.Parse(fields[12])) / TicksPerSecond;
    }
}
