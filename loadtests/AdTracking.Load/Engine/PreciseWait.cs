using System.Runtime.InteropServices;

namespace AdTracking.Load.Engine;

/// <summary>Waits less than a millisecond. .NET's own waits count in milliseconds, which would be part of every latency.</summary>
internal static partial class PreciseWait
{
    /// <summary>Blocks the thread for the given time, about 60 us longer on Linux and up to 2 ms longer elsewhere.</summary>
    public static void For(double seconds)
    {
        if (OperatingSystem.IsLinux())
        {
            var time = new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)((seconds - Math.Floor(seconds)) * 1e9) };
            _ = NanoSleep(in time, 0);
        }
        else
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromSeconds(Math.Max(seconds, 0.001)));
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NanoSleep(in TimeSpec time, nint remaining);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
