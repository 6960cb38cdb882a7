using System.Net;
using System.Text.Json;
using AdTracking.Emitter.Kafka;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Testing;

namespace AdTracking.Hosts.Tests;

/// <summary>What callers and operators see while Kafka is away and the journal takes the events.</summary>
public sealed class JournalTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new("journal");
    private readonly int _port = FreePorts.Take();

    private string Data => _directory.PathOf("data");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("durable", "synced")]
    [InlineData("journaled", "journaled")]
    public async Task KafkaAway_EveryRoute_SaysStored_AndKafkaGetsItLater(string ack, string durability)
    {
        await using var gateway = await StartAsync($"Http:Ack={ack}", "Click:AllowedHosts=shop.example");
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready");

        using (var events = await gateway.PostAsync("/v1/events?detail=1", $"[{Samples.Impression("s-1")},{Samples.Impression("s-2", ",\"ip\":1")}]"))
        {
            events.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await RunningGateway.ResultsOf(events)).ShouldBe([$"0 accepted {durability}", "1 rejected reserved_field ip"]);
            var result = (await JsonAsync(events)).GetProperty("results")[0];
            result.GetProperty("topic").GetString().ShouldBe("ad.impression");
            result.TryGetProperty("partition", out _).ShouldBeFalse();
        }

        (await StatusAsync(gateway, "/v1/i?asid=s-3&pub=p")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, "/v1/burl?asid=s-4&pub=p")).ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(gateway, "/v1/c?asid=s-5&pub=p&url=https%3A%2F%2Fshop.example%2F")).ShouldBe(HttpStatusCode.Found);
        using (var beacon = await gateway.PostAsync("/v1/b", Samples.Start("s-6"), "text/plain"))
        {
            beacon.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        (await gateway.Admin.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldContain("\"degraded\"");
        await Poll.UntilAsync(
            async () => await gateway.MetricAsync("adtracking_journal_spilled_events_total") == 6, Limit, () => "five events and a bad one in the journal");

        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        using var door = new Forwarder(_port, kafka.BootstrapServers);
        await Poll.UntilAsync(() => IsDeliveredAsync(gateway), Limit, () => "everything delivered");
        Servings(kafka, "ad.impression").ShouldBe(["s-1", "s-3", "s-4"]);
        TopicReader.ReadToEnd(kafka.BootstrapServers, "ad.click").Count.ShouldBe(1);
        TopicReader.ReadToEnd(kafka.BootstrapServers, "ad.engagement").Count.ShouldBe(1);
        TopicReader.ReadToEnd(kafka.BootstrapServers, "ad.bad").Count.ShouldBe(1);
        await Poll.UntilAsync(async () => (await gateway.MetricAsync("adtracking_journal_segments")) <= 1, Limit, () => "files deleted");
        await AccountShouldBalanceAsync(gateway, received: 6 + 1, delivered: 5 + 1);
    }

    [Fact]
    public async Task OwnerCannotBeWritten_WhenKafkaComes_DeliversOnceItCan()
    {
        await using var gateway = await StartAsync();
        var obstacle = Path.Combine(Data, "owner.json.new");
        Directory.CreateDirectory(obstacle);
        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        using var door = new Forwarder(_port, kafka.BootstrapServers);
        await Poll.UntilAsync(
            async () => (await gateway.Admin.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("owner.json cannot be written"),
            Limit,
            () => "it says what is wrong");
        using (var events = await gateway.PostAsync("/v1/events", Samples.Impression("s-1")))
        {
            events.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        Directory.Delete(obstacle);

        await Poll.UntilAsync(() => IsDeliveredAsync(gateway), Limit, () => "everything delivered");
        Servings(kafka, "ad.impression").ShouldBe(["s-1"]);
    }

    [Fact]
    public async Task Stop_DuringAnOutage_TheNextStartDeliversTheRest()
    {
        await using (var first = await StartAsync("Drain:DeadlineMs=300"))
        {
            await Poll.UntilAsync(() => IsReadyAsync(first), Limit, () => "ready");
            using var events = await first.PostAsync("/v1/events", $"[{Samples.Impression("s-1")},{Samples.Impression("s-2")}]");
            events.StatusCode.ShouldBe(HttpStatusCode.OK);
            await first.DrainAsync();
        }

        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        using var door = new Forwarder(_port, kafka.BootstrapServers);
        await using var second = await StartAsync();
        await Poll.UntilAsync(() => second.Host.Pipeline.Snapshot().Journal!.RecoveredEvents == 3, Limit, () => "two events and the account of them");
        await Poll.UntilAsync(() => IsDeliveredAsync(second), Limit, () => "everything delivered");

        Servings(kafka, "ad.impression").ShouldBe(["s-1", "s-2"]);
        await AccountShouldBalanceAsync(second, received: 0, delivered: 2);
        var entries = TopicReader.ReadToEnd(kafka.BootstrapServers, "ad.audit").Count;
        entries.ShouldBe(1); // the first run's last word, by way of the journal
    }

    [Fact]
    public async Task Stop_DuringAnOutageOfAKnownCluster_TheNextStartDeliversTheRest()
    {
        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        using (new Forwarder(_port, kafka.BootstrapServers))
        {
            await using var owner = await StartAsync();
        }

        await using (var away = await StartAsync("Drain:DeadlineMs=300"))
        {
            await Poll.UntilAsync(() => IsReadyAsync(away), Limit, () => "ready");
            (await StatusAsync(away, "/v1/i?asid=s-1&pub=p")).ShouldBe(HttpStatusCode.OK);
            await away.DrainAsync();
        }

        // Its cluster is known: what was left is read from when it listens, not before.
        using var door = new Forwarder(_port, kafka.BootstrapServers);
        await using var back = await StartAsync();
        await Poll.UntilAsync(() => IsDeliveredAsync(back), Limit, () => $"everything delivered: {back.Host.Pipeline.Snapshot().Journal}");
        Servings(kafka, "ad.impression").ShouldBe(["s-1"]);
    }

    [Fact]
    public async Task JournalFull_RefusesAtTheDoor_AndOpensByItself()
    {
        await using var gateway = await StartAsync(
            "Journal:BytesMax=8388608", "Journal:SegmentBytes=2097152", "Queue:BytesMax=4194304", "Click:AllowedHosts=shop.example");
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready");
        var batch = $"[{string.Join(',', Enumerable.Repeat(Samples.Impression("s", $",\"page_url\":\"https://p.example/{new string('a', 2_000)}\""), 100))}]";
        var stored = 0;
        await Poll.UntilAsync(
            async () =>
            {
                using var answer = await gateway.PostAsync("/v1/events", batch);
                stored += answer.StatusCode == HttpStatusCode.OK ? 100 : 0;
                return answer.StatusCode == HttpStatusCode.ServiceUnavailable;
            },
            Limit,
            () => "refused");

        await Poll.UntilAsync(async () => !await IsReadyAsync(gateway), Limit, () => "not ready");
        using (var pixel = await gateway.Http.GetAsync(new Uri("/v1/i?asid=s&pub=p", UriKind.Relative)))
        {
            pixel.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            pixel.Headers.RetryAfter.ShouldNotBeNull();
            (await pixel.Content.ReadAsByteArrayAsync()).Length.ShouldBe(43);
        }

        (await StatusAsync(gateway, "/v1/c?asid=s&pub=p&url=https%3A%2F%2Fshop.example%2F")).ShouldBe(HttpStatusCode.Found);
        (await gateway.Admin.GetStringAsync(new Uri("/ledger", UriKind.Relative))).ShouldContain("\"click_not_stored\": 1");
        stored.ShouldBeGreaterThan(1_000);

        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        using var door = new Forwarder(_port, kafka.BootstrapServers);
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready again");
        await Poll.UntilAsync(() => IsDeliveredAsync(gateway), Limit, () => "everything delivered");
        gateway.Host.Pipeline.Snapshot().Topics[0].Delivered.ShouldBeGreaterThanOrEqualTo(stored);
    }

    [Fact]
    public async Task Start_JournalNotADirectory_IsRefusedAndSaysWhy()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "journal"), "");

        var refusal = await Should.ThrowAsync<StartRefusedException>(() => RunningGateway.StartInAsync(Data));

        refusal.Code.ShouldBe(ExitCode.DataDirectory);
        refusal.Message.ShouldContain(Path.Combine(Data, "journal"));
    }

    private Task<RunningGateway> StartAsync(params string[] settings) => RunningGateway.StartInAsync(
        Data,
        [$"Kafka:BootstrapServers=127.0.0.1:{_port}", "Registry:Embedded=true", "Registry:AutoRegister=true", "Journal:SyncAfterMs=50",
            "Journal:ReconcileAfterMs=0", .. settings]);

    private static List<string> Servings(EmbeddedKafka kafka, string topic) =>
        [.. TopicReader.ReadToEnd(kafka.BootstrapServers, topic).Select(record => System.Text.Encoding.UTF8.GetString(record.Key)).Order()];

    /// <summary>The account holds in every cell, and in the end nothing waits.</summary>
    private static async Task AccountShouldBalanceAsync(RunningGateway gateway, long received, long delivered)
    {
        var cells = (await CellsAsync(gateway)).Where(cell => cell.GetProperty("class").GetString() != "audit").ToList();
        long Sum(string column) => cells.Sum(cell => cell.GetProperty(column).GetInt64());
        Sum("received").ShouldBe(received);
        Sum("delivered").ShouldBe(delivered);
        cells.ShouldAllBe(cell => !Waits(cell));
    }

    /// <summary>The journal first, since the account knows what a start found once it was indexed; then the account, since what was read
    /// back is on its way and in neither the queue's nor the journal's figures.</summary>
    private static async Task<bool> IsDeliveredAsync(RunningGateway gateway) =>
        gateway.Host.Pipeline.Snapshot().Journal is { WaitingEvents: 0, UnreadSegments: 0 }
        && !(await CellsAsync(gateway)).Any(Waits)
        && await IsReadyAsync(gateway);

    private static bool Waits(JsonElement cell) => cell.GetProperty("waitingMemory").GetInt64() != 0 || cell.GetProperty("waitingJournal").GetInt64() != 0;

    private static async Task<List<JsonElement>> CellsAsync(RunningGateway gateway)
    {
        using var account = JsonDocument.Parse(await gateway.Admin.GetStringAsync(new Uri("/ledger", UriKind.Relative)));
        return [.. account.RootElement.GetProperty("totals").EnumerateArray().Select(cell => cell.Clone())];
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, string path)
    {
        using var answer = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<bool> IsReadyAsync(RunningGateway gateway)
    {
        using var answer = await gateway.Admin.GetAsync(new Uri("/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.Clone();
    }
}
