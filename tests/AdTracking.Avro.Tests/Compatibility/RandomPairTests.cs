using AdTracking.Avro.Compatibility;

namespace AdTracking.Avro.Tests;

/// <summary>Random versions of random schemas: our judgement beside that of Apache Avro for Java.</summary>
public sealed class RandomPairTests(ITestOutputHelper output)
{
    private const int PairCount = 3000;

    [RequiresFact(Tool.JavaAvro)]
    public async Task Check_RandomVersions_IsWhatJavaSays()
    {
        var pairs = RandomPairs.Of(Seeds.Random(output), PairCount);

        var verdicts = await JavaJudge.CheckAsync(pairs);

        verdicts.Length.ShouldBe(pairs.Length);
        var compatible = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            var because = $"{pairs[i].Reader}\n{pairs[i].Writer}\nJava: {verdicts[i]}";
            var ours = Judged.Problems(pairs[i].Reader, pairs[i].Writer);
            var readable = ours.All(problem => problem.IsWarning);
            SchemaCompatibility.CanRead(Judged.Schema(pairs[i].Reader), Judged.Schema(pairs[i].Writer)).ShouldBe(readable, because);
            compatible += readable ? 1 : 0;
            if (Judged.IsStricter(ours))
            {
                continue;
            }

            readable.ShouldBe(verdicts[i] == "OK", because + "\nours: " + string.Join("; ", ours));
            string[] rules = [.. ours.SelectMany(AsJavaNamesIt)];
            foreach (var found in verdicts[i].Split(' ').Where(found => found.Contains('@')))
            {
                rules.ShouldContain(found.Split('@')[0], because + "\nours: " + string.Join("; ", ours));
            }
        }

        TestReport.Line(output, $"{pairs.Length} pairs of random schemas judged as Apache Avro for Java judges them, {compatible} compatible");
        compatible.ShouldBeGreaterThan(PairCount / 5);
        compatible.ShouldBeLessThan(PairCount * 2);
    }

    // A missing enum field whose enum has a default: Java compares the enum with the whole record.
    private static string[] AsJavaNamesIt(CompatibilityProblem problem)
    {
        var name = CompatibilityRules.NameOf(problem.Rule);
        return problem.Rule == CompatibilityRule.ReaderFieldMissingDefaultValue ? [name, "TYPE_MISMATCH"] : [name];
    }
}
