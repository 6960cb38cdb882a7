namespace AdTracking.Gateway.Accounting;

/// <summary>One run of the gateway, as the ledger's note knows it.</summary>
/// <param name="InstanceId">Random id of the run.</param>
/// <param name="BootId">The kernel's boot id; empty where the system has none.</param>
/// <param name="FirstMinute">The oldest minute whose entries are not final, counted from 1970.</param>
/// <param name="LastMinute">The newest minute that was counted in when the note was renewed.</param>
internal sealed record LedgerRun(string InstanceId, string BootId, int FirstMinute, int LastMinute)
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    /// <summary>A run that begins now.</summary>
    public static LedgerRun Begin(DateTimeOffset now)
    {
        var minute = (int)(now.ToUnixTimeSeconds() / 60);
        return new LedgerRun(Guid.CreateVersion7(now).ToString(), ReadBootId(), minute, minute);
    }

    private static string ReadBootId() => File.Exists(BootIdPath) ? File.ReadAllText(BootIdPath).Trim() : "";
}
