namespace AdTracking.Avro.Tests;

/// <summary>Apache Avro for Java, which Confluent's registry and Java's readers use: one process for many cases.</summary>
internal static class JavaJudge
{
    /// <summary>For each pair of reader and writer: OK, or the rules and places of its problems; <c>!</c> and why where it throws.</summary>
    public static Task<string[]> CheckAsync(IEnumerable<(string Reader, string Writer)> pairs) =>
        RunAsync("check", pairs.Select(pair => $"{pair.Reader}\t{pair.Writer}"));

    /// <summary>For each reader, writer and datum in hex: the datum in the reader's schema, or <c>!</c> and why not.</summary>
    public static Task<string[]> ResolveAsync(IEnumerable<string> cases) => RunAsync("resolve", cases);

    private static async Task<string[]> RunAsync(string verb, IEnumerable<string> cases)
    {
        using TemporaryDirectory folder = new("judge");
        var input = folder.PathOf("cases.tsv");
        File.WriteAllLines(input, cases);
        string[] arguments =
        [
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", Tools.JavaAvroClassPath!,
            Path.Combine(AppContext.BaseDirectory, "Interop", "Judge.java"), verb, input,
        ];
        var outcome = await ToolProcess.RunAsync("java", arguments, TimeSpan.FromMinutes(5));
        return outcome.Succeeded("Judge.java").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
