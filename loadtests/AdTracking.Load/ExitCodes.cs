namespace AdTracking.Load;

/// <summary>Exit codes; the numbers from 64 on are those of sysexits.h.</summary>
internal static class ExitCodes
{
    /// <summary>All thresholds hold.</summary>
    public const int Done = 0;

    /// <summary>A threshold does not hold.</summary>
    public const int ThresholdFailed = 1;

    /// <summary>Wrong use.</summary>
    public const int Usage = 64;

    /// <summary>A scenario file has problems.</summary>
    public const int WrongScenario = 65;

    /// <summary>A scenario had no successful answer.</summary>
    public const int Unavailable = 69;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
