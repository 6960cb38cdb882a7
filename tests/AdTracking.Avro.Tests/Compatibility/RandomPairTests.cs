using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Registry;

namespace AdTracking.Avro.Tests;

/// <summary>Random versions of random schemas: our judgement beside that of Apache Avro for Java.</summary>
public sealed class RandomPairTests(ITestOutputHelper output)
{
    private const int PairCount = 3000;
    private const int RegistryPairCount = 100;

    [RequiresFact(Tool.JavaAvro)]
    public async Task Check_RandomVersions_IsWhatJavaSays()
    {
        var pairs = Pairs();

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

    [RequiresFact(Tool.Registry)]
    public async Task Check_RandomVersions_IsWhatTheRegistrySays()
    {
        await using var server = await RegistryServer.StartAsync();
        using HttpClient http = new();
        SchemaRegistryClient registry = new(http, new SchemaRegistryOptions { BaseAddress = server.Url });
        var compatible = 0;
        foreach (((var reader, var writer), var index) in Pairs().Take(RegistryPairCount).Select((pair, index) => (pair, index)))
        {
            await registry.RegisterAsync($"s{index}", writer);
            var verdict = await registry.CheckCompatibilityAsync($"s{index}", reader);
            var ours = Judged.Problems(reader, writer);
            if (!Judged.IsStricter(ours))
            {
                ours.All(problem => problem.IsWarning).ShouldBe(verdict.IsCompatible, $"{reader}\n{writer}\n{string.Join("; ", verdict.Messages)}");
            }

            compatible += verdict.IsCompatible ? 1 : 0;
        }

        TestReport.Line(output, $"{RegistryPairCount} pairs of random schemas judged as the registry judges them, {compatible} compatible");
        compatible.ShouldBeInRange(RegistryPairCount / 5, RegistryPairCount);
    }

    // A missing enum field whose enum has a default: Java compares the enum with the whole record.
    private static string[] AsJavaNamesIt(CompatibilityProblem problem)
    {
        var name = CompatibilityRules.NameOf(problem.Rule);
        return problem.Rule == CompatibilityRule.ReaderFieldMissingDefaultValue ? [name, "TYPE_MISMATCH"] : [name];
    }

    /// <summary>Each pair both ways.</summary>
    private (string Reader, string Writer)[] Pairs()
    {
        var random = Seeds.Random(output);
        List<(string Reader, string Writer)> pairs = [];
        for (var i = 0; i < PairCount; i++)
        {
            EvolvingSchemas schemas = new(random);
            System.Text.Json.Nodes.JsonNode old = schemas.Record(2);
            var changed = schemas.Changed(old, random.Next(1, 5)).ToJsonString();
            if (SchemaParser.Parse(changed).Schema is null)
            {
                continue;
            }

            pairs.Add((changed, old.ToJsonString()));
            pairs.Add((old.ToJsonString(), changed));
        }

        pairs.Count.ShouldBeGreaterThan(PairCount);
        return [.. pairs];
    }
}
