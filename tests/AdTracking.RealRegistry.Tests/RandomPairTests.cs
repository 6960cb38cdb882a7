using AdTracking.Avro.Testing;
using AdTracking.SchemaRegistry;

namespace AdTracking.RealRegistry.Tests;

/// <summary>Random versions of random schemas: our judgement beside that of a real registry.</summary>
[Collection(RealParts.Name)]
public sealed class RandomPairTests(RealParts parts, ITestOutputHelper output)
{
    private const int PairCount = 100;

    [RequiresFact(Tool.Registry)]
    public async Task Check_RandomVersions_IsWhatTheRegistrySays()
    {
        var server = await parts.EmptyRegistryAsync();
        using HttpClient http = new();
        SchemaRegistryClient registry = new(http, new SchemaRegistryOptions { BaseAddress = server.Url });
        var compatible = 0;
        var pairs = RandomPairs.Of(Seeds.Random(output), PairCount);
        foreach (((var reader, var writer), var index) in pairs.Take(PairCount).Select((pair, index) => (pair, index)))
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

        TestReport.Line(output, $"{PairCount} pairs of random schemas judged as the registry judges them, {compatible} compatible");
        compatible.ShouldBeInRange(PairCount / 5, PairCount);
    }
}
