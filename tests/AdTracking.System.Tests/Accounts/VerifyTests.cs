using System.Net.Http.Json;
using System.Text.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Accounts;

/// <summary><c>adtracking verify</c> against a real Kafka: agreement, and everything that must not be overlooked.</summary>
[Collection(RealParts.Name)]
public sealed class VerifyTests(RealParts parts, ITestOutputHelper output)
{
    private const int EventCount = 60;

    private static string Executable => Repository.Executable("AdTracking.Cli", "adtracking");

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Verify_TopicsAndCopiesOfThem_FindsWhatWasDone()
    {
        var topics = new Topics("verify.");
        var kafka = (await parts.KafkaAsync()).BootstrapServers;
        var registry = (await parts.RegistryAsync()).Url;
        await using (var gateway = await GatewayProcess.StartAsync(topics.Settings(kafka, registry)))
        {
            await SendAsync(gateway, "impression");
            await SendAsync(gateway, "click");
            await SendAsync(gateway, "engagement");
            await PostAsync(gateway, new { event_name = "impression", ad_serving_id = "s", publisher_id = "p", ip = "1" });
            (await gateway.TerminateAsync()).ShouldBe(0);
        }

        var (exitCode, document) = await VerifyAsync(kafka, registry, topics);
        exitCode.ShouldBe(0, document.ToString());
        foreach (var of in (string[])["impression", "click", "engagement"])
        {
            Sum(document, of, "accepted").ShouldBe(EventCount);
            Sum(document, of, "delivered").ShouldBe(EventCount);
            Sum(document, of, "inKafka").ShouldBe(EventCount);
        }

        Sum(document, "impression", "rejected").ShouldBe(1);
        Sum(document, "bad", "inKafka").ShouldBe(1);
        document.GetProperty("openCells").GetInt32().ShouldBe(0);

        await CopyIsFoundAsync(kafka, registry, topics, "removed", records => records.Skip(1), (1, 0, 0, 0));
        await CopyIsFoundAsync(kafka, registry, topics, "added", records => [.. records, TopicCopy.Altered(records[0])], (0, 1, 0, 0));
        await CopyIsFoundAsync(kafka, registry, topics, "doubled", records => [.. records, records[0]], (0, 1, 1, 0));
        await CopyIsFoundAsync(kafka, registry, topics, "changed", records => [.. records.Skip(1), TopicCopy.Altered(records[0])], (0, 0, 0, 1));
        TestReport.Line(output, $"verify: {3 * EventCount} events agree with the ledger; removed, added, doubled, changed each found");
    }

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Verify_AfterAKill_KnowsBoundsAndMarksTheMinutes()
    {
        using var folder = new TemporaryDirectory("killed");
        var topics = new Topics("verifykill.");
        var kafka = (await parts.KafkaAsync()).BootstrapServers;
        var registry = (await parts.RegistryAsync()).Url;
        var settings = topics.Settings(kafka, registry).Append(new("Journal:ReconcileAfterMs", "0")).ToDictionary();
        await using (var first = await GatewayProcess.StartAsync(settings, folder.PathOf("data")))
        {
            await SendAsync(first, "impression");
            await first.KillAsync();
        }

        await using (var second = await GatewayProcess.StartAsync(settings, folder.PathOf("data")))
        {
            await SendAsync(second, "click");
            await Poll.UntilAsync(
                () => TopicReader.Count(kafka, topics.Audit) > 0, TimeSpan.FromSeconds(60), () => "the dead run's minutes are marked");
            (await second.TerminateAsync()).ShouldBe(0);
        }

        var (exitCode, document) = await VerifyAsync(kafka, registry, topics);
        exitCode.ShouldBe(0, document.ToString());
        document.GetProperty("cutMinutes").GetInt32().ShouldBeGreaterThan(0);
        document.GetProperty("cutCells").GetInt32().ShouldBeGreaterThan(0);
        Sum(document, "click", "inKafka").ShouldBe(EventCount);
        Sum(document, "impression", "inKafka").ShouldBe(EventCount);
        TestReport.Line(output, $"verify after kill -9: {document.GetProperty("cutMinutes")} minutes marked as cut, nothing missing");
    }

    private static async Task CopyIsFoundAsync(
        string kafka,
        Uri registry,
        Topics topics,
        string name,
        Func<IReadOnlyList<(byte[] Key, byte[] Value)>, IEnumerable<(byte[] Key, byte[] Value)>> change,
        (int Missing, int Extra, int Doubled, int Changed) expected)
    {
        var copy = await TopicCopy.MakeAsync(kafka, topics.Impression, topics.Impression + "." + name, change);

        var (exitCode, document) = await VerifyAsync(kafka, registry, topics, copy);

        exitCode.ShouldBe(2, name);
        var found = (
            Sum(document, "impression", "missing"),
            Sum(document, "impression", "extra"),
            Sum(document, "impression", "doubled"),
            Sum(document, "impression", "changedCells"));
        found.ShouldBe(expected, name);
    }

    private static async Task<(int ExitCode, JsonElement Document)> VerifyAsync(string kafka, Uri registry, Topics topics, string? impressions = null)
    {
        var run = await ToolProcess.RunAsync(Executable,
        [
            "verify", "--window", "2h", "--json", "--bootstrap", kafka, "--registry", registry.ToString(), "--impression", impressions ?? topics.Impression,
            "--click", topics.Click, "--engagement", topics.Engagement, "--bad", topics.Bad, "--audit", topics.Audit,
        ]);
        run.ExitCode.ShouldBeOneOf([0, 2], run.Errors);
        using var document = JsonDocument.Parse(run.Output);
        return (run.ExitCode, document.RootElement.Clone());
    }

    private static long Sum(JsonElement document, string of, string column) =>
        document.GetProperty("sums").EnumerateArray().Single(sum => sum.GetProperty("class").GetString() == of).GetProperty(column).GetInt64();

    private static async Task SendAsync(GatewayProcess gateway, string kind)
    {
        var sent = await ToolProcess.RunAsync(
            Executable, ["send", kind, "--count", $"{EventCount}", "--batch", "20", "--gateway", gateway.Http.ToString()]);
        sent.ExitCode.ShouldBe(0, sent.Errors);
    }

    private static async Task PostAsync(GatewayProcess gateway, object one)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(gateway.Http, "/v1/events"), one);
    }
}
