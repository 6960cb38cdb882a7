namespace AdTracking.Testing;

/// <summary>How much of a scenario: a short form in <c>make test</c>, the long one in <c>make faults</c> (FAULTS=long). The code is the same.</summary>
public static class Scale
{
    /// <summary>Whether this is the long form.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("FAULTS") == "long";

    /// <summary>The one or the other.</summary>
    public static int Of(int small, int large) => IsLong ? large : small;

    /// <summary>The one or the other, in seconds.</summary>
    public static TimeSpan Seconds(int small, int large) => TimeSpan.FromSeconds(Of(small, large));
}
