namespace AdTracking.Faults.Testing;

/// <summary>The table of a run of the fault suite: one row a scenario, to the test's output and to <c>artifacts/faults.md</c>.</summary>
internal static class FaultTable
{
    private static readonly Lock FileLock = new();

    public static void Add(ITestOutputHelper output, string name, string what, OracleReport report)
    {
        TestReport.Line(output, $"faults, {name}: {what}; {report}");
        var row = $"| {name} | {what} | {report.Sent:N0} | {report.Promised:N0} | {Stored(report)} | {report.RecordsHeld:N0} | {report.Missing} "
            + $"| {report.Spurious} | {report.Corrupted} | {report.Doubled} | {report.Seed} |";
        lock (FileLock)
        {
            Directory.CreateDirectory(Repository.PathOf("artifacts"));
            File.AppendAllText(Repository.PathOf("artifacts", "faults.md"), row + "\n");
        }
    }

    // How batches were answered, in shares of a hundred.
    private static string Stored(OracleReport report)
    {
        long Of(string durability) => report.Answers.GetValueOrDefault($"promised as {durability}");
        var all = Math.Max(1, Of("kafka") + Of("synced") + Of("journaled"));
        return $"{100 * Of("kafka") / all} / {100 * Of("synced") / all} / {100 * Of("journaled") / all}";
    }
}
