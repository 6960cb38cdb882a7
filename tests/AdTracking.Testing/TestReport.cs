namespace AdTracking.Testing;

/// <summary>What tests counted and measured: to the test's own output, and to <c>artifacts/test-report.txt</c>, since the runner shows the
/// output of failed tests only.</summary>
public static class TestReport
{
    private static readonly Lock FileLock = new();

    /// <summary>One line.</summary>
    public static void Line(ITestOutputHelper output, string text)
    {
        output.WriteLine(text);
        lock (FileLock)
        {
            Directory.CreateDirectory(Repository.PathOf("artifacts"));
            File.AppendAllText(Repository.PathOf("artifacts", "test-report.txt"), text + "\n");
        }
    }
}
