namespace AdTracking.Cli.CommandLine;

/// <summary>Exit codes of all verbs; the numbers from 64 on are those of sysexits.h.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Not every event was accepted.</summary>
    public const int NotAllAccepted = 1;

    /// <summary>The journal is damaged.</summary>
    public const int Damaged = 2;

    /// <summary>Ledger and topics do not agree.</summary>
    public const int NotEqual = 2;

    /// <summary>The time was out before as many records as asked for were there.</summary>
    public const int TimeOut = 3;

    /// <summary>Wrong use.</summary>
    public const int Usage = 64;

    /// <summary>A gateway, a broker or a registry cannot be reached.</summary>
    public const int Unavailable = 69;

    /// <summary>A directory or a file cannot be read.</summary>
    public const int Unusable = 74;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
