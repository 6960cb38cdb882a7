using AdTracking.Avro.Parsing;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>Random data of random schemas, read with other versions: our values beside those of readers that others made.</summary>
public sealed class RandomResolutionTests(ITestOutputHelper output)
{
    private const int CaseCount = 2000;
    private const string Python = "Apache Avro for Python";
    private const string Java = "Apache Avro for Java";

    [Fact]
    public void Resolve_CompatibleSchemas_ReadsEveryValueOfTheWriter() =>
        Cases(full: true).Count(found => found.Ours is not null).ShouldBeGreaterThan(CaseCount / 4);

    [RequiresFact(Tool.JavaAvro)]
    public async Task Resolve_RandomVersions_ReadsWhatJavaReads()
    {
        var cases = Cases(full: true);
        Compare(Java, cases, await JavaJudge.ResolveAsync(cases.Select(found => found.Line)));
    }

    [RequiresFact(Tool.PythonAvro)]
    public async Task Resolve_RandomVersions_ReadsWhatPythonReads()
    {
        // It knows no aliases, and takes the characters of a default of bytes for UTF-8.
        ResolutionCase[] cases = [.. Cases(full: true).Where(found => !found.Reader.Contains("aliases") && !found.Reader.Contains("u00FF"))];
        using TemporaryDirectory folder = new("resolve");
        var script = Path.Combine(AppContext.BaseDirectory, "Interop", "resolve.py");
        Compare(Python, cases, await AnswersAsync(folder, cases, input => ToolProcess.RunAsync(Tools.Python, [script, input])));
    }

    [RequiresFact(Tool.NodePackages)]
    public async Task Resolve_RandomVersions_ReadsWhatAvscReads()
    {
        var cases = Cases(full: false); // its numbers are JavaScript's
        using TemporaryDirectory folder = new("resolve");
        Compare("avsc", cases, await AnswersAsync(folder, cases, input => ToolProcess.NodeAsync("resolve.mjs", [input])));
    }

    [Fact]
    public void Resolve_DamagedData_NeverThrowsAndStaysWithinItsBounds()
    {
        var random = Seeds.Random(output);
        using ResolvedBytes target = new(1 << 16);
        AvroReadLimits limits = new() { ItemsTotalMax = 10_000, DepthMax = 16 };
        foreach (var found in Cases(full: true))
        {
            byte[] data = [.. found.Data];
            for (var i = 0; i < 4 && data.Length > 0; i++)
            {
                data[random.Next(data.Length)] = (byte)random.Next(256);
            }

            for (var length = 0; length <= data.Length; length++)
            {
                _ = found.Plan.Resolve(data.AsSpan(0, length), target, limits);
                target.WrittenSpan.Length.ShouldBeLessThanOrEqualTo(1 << 16);
            }
        }
    }

    private void Compare(string judge, ResolutionCase[] cases, string[] answers)
    {
        answers.Length.ShouldBe(cases.Length);
        var compared = 0;
        var refused = 0;
        foreach ((var found, var theirs) in cases.Zip(answers))
        {
            if (theirs.StartsWith('!') || found.Ours is null)
            {
                refused += theirs.StartsWith('!') ? 1 : 0;
                if (judge == Java)
                {
                    found.Ours.ShouldBeNull($"{found.Line}\n{theirs}");
                }

                continue;
            }

            var read = found.Show(Convert.FromHexString(theirs.TrimStart('=')), judge == Python);
            var ours = found.Show(found.Ours, judge == Python);
            (read == ours).ShouldBeTrue($"{found.Line}\n{judge}: {read}\nours: {ours}");
            compared++;
        }

        TestReport.Line(output, $"{compared} of {cases.Length} random values read as {judge} reads them, which refused {refused}");
        compared.ShouldBeGreaterThan(CaseCount / 5);
    }

    private static async Task<string[]> AnswersAsync(TemporaryDirectory folder, ResolutionCase[] cases, Func<string, Task<ProcessOutcome>> run)
    {
        var input = folder.PathOf("cases.tsv");
        File.WriteAllLines(input, cases.Select(found => found.Line));
        return (await run(input)).Succeeded("resolve").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private ResolutionCase[] Cases(bool full)
    {
        var random = Seeds.Random(output);
        List<ResolutionCase> cases = [];
        while (cases.Count < CaseCount)
        {
            EvolvingSchemas schemas = new(random);
            System.Text.Json.Nodes.JsonNode old = schemas.Record(2);
            var changed = schemas.Changed(old, random.Next(1, 4)).ToJsonString();
            if (SchemaParser.Parse(changed).Schema is not null)
            {
                cases.Add(ResolutionCase.Of(changed, old.ToJsonString(), random, full));
            }
        }

        return [.. cases];
    }
}
