namespace AdTracking.Gateway.Diagnostics;

/// <summary>How the process ends; the numbers are those of sysexits.h where it has one.</summary>
internal static class ExitCode
{
    /// <summary>Drained, or what was asked for is printed.</summary>
    public const int Done = 0;

    public const int InternalError = 70;
    public const int DataDirectory = 74;
    public const int Configuration = 78;

    /// <summary>A second signal while draining: 128 + SIGINT, whichever signal it was.</summary>
    public const int SecondSignal = 130;
}
