namespace AdTracking.Faults.Tests;

/// <summary>How much of every fault: a short form in every test run, the long one in <c>make faults</c> (FAULTS=long). The code is the
/// same.</summary>
internal static class FaultScale
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("FAULTS") == "long";

    public static int Of(int small, int large) => IsLong ? large : small;

    public static TimeSpan Seconds(int small, int large) => TimeSpan.FromSeconds(Of(small, large));
}
