namespace AdTracking.Queue.Journal;

/// <summary>The kernel's id of this boot: after another one, what was written and not synced may be gone.</summary>
internal static class MachineBoot
{
    private const string Path = "/proc/sys/kernel/random/boot_id";

    /// <summary>The id; a random one where the kernel gives none, so that nothing counts as written in this boot.</summary>
    public static Guid ReadId()
    {
        try
        {
            return Guid.TryParse(File.ReadAllText(Path).AsSpan().Trim(), out var id) ? id : Guid.NewGuid();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid();
        }
    }
}
