using System.Net;
using System.Text;
using System.Text.Json;
using AdTracking.EmbeddedRegistry;
using AdTracking.Emitter.Kafka;
using AdTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Hosts.Tests;

/// <summary>What callers see while Kafka or the registry is away.</summary>
public sealed class OutageTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly TemporaryDirectory _directory = new("outage");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RegistryDown_NothingCached_RefusesUntilItIsBack()
    {
        var port = FreePorts.Take();
        await using var gateway = await RunningGateway.StartAsync(
            $"Registry:Url=http://127.0.0.1:{port}", "Registry:AutoRegister=true", "Click:AllowedHosts=shop.example");

        await EverythingIsRefusedAsync(gateway, "not_ready");
        using (var ready = await gateway.Admin.GetAsync(new Uri("/ready", UriKind.Relative)))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        const string Reason = "The registry does not answer and ad.impression-value is not cached";
        await Poll.UntilAsync(() => SaysAsync(gateway, Reason), Limit, () => Reason);
        using (var health = await gateway.Admin.GetAsync(new Uri("/health", UriKind.Relative)))
        {
            health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        await using var registry = await EmbeddedRegistryServer.StartAsync(_directory.PathOf("registry"), port, NullLoggerFactory.Instance);
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready");
        var serving = Samples.ServingId();
        using var stored = await gateway.PostAsync("/v1/events", Samples.Impression(serving));
        stored.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Impression(serving).ShouldNotBeNull();
    }

    [Fact]
    public async Task RegistryDown_IdsCached_StartsAllTheSame()
    {
        var port = FreePorts.Take();
        string[] settings = [$"Registry:Url=http://127.0.0.1:{port}", "Registry:AutoRegister=true"];
        await using (var registry = await EmbeddedRegistryServer.StartAsync(_directory.PathOf("registry"), port, NullLoggerFactory.Instance))
        {
            await using var first = await RunningGateway.StartInAsync(_directory.PathOf("data"), settings);
            (await IsReadyAsync(first)).ShouldBeTrue();
        }

        await using var second = await RunningGateway.StartInAsync(_directory.PathOf("data"), settings);

        (await IsReadyAsync(second)).ShouldBeTrue();
    }

    [Fact]
    public async Task KafkaDown_RequestDeadline_AnswersRetry()
    {
        var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        await using var gateway = await RunningGateway.StartAsync(
            $"Kafka:BootstrapServers={kafka.BootstrapServers}",
            "Registry:Embedded=true",
            "Registry:AutoRegister=true",
            "Http:Ack=kafka",
            "Http:RequestDeadlineMs=1500", // so far from the 50 ms of a click that a busy machine does not fire both timers at once
            "Click:AllowedHosts=shop.example");
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready");
        kafka.Dispose();

        using var answer = await gateway.PostAsync("/v1/events", $"[{Samples.Impression("s-1")},{Samples.Impression("s-2", ",\"ip\":1")}]");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.ToString().ShouldBe("2");
        (await RunningGateway.ResultsOf(answer)).ShouldBe(["0 retry deadline", "1 rejected reserved_field ip"]);
        await EverythingIsRefusedAsync(gateway, "deadline");
        (await gateway.MetricAsync("adtracking_clicks_redirected_early_total")).ShouldBe(1);
        (await gateway.MetricAsync("adtracking_events_total{code=\"deadline\"}")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task KafkaDown_UnpackedBodies_AreNotHeldWhileTheirRequestsWait()
    {
        const int Requests = 60;
        var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        await using var gateway = await RunningGateway.StartAsync(
            $"Kafka:BootstrapServers={kafka.BootstrapServers}", "Registry:Embedded=true", "Registry:AutoRegister=true", "Http:Ack=kafka",
            "Http:RequestDeadlineMs=60000");
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready");
        kafka.Dispose();
        var bomb = Samples.Pack("gzip", Encoding.UTF8.GetBytes(Samples.Impression("s").PadRight(8 << 20)));
        using var buffers = new LargeBuffers(bytesMin: 8 << 20);

        var answers = Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => gateway.PostAsync("/v1/events", bomb, encoding: "gzip")));

        await Poll.UntilAsync(
            () => gateway.Host.Pipeline.Snapshot().Waiters == Requests && buffers.Held <= 0, // below it when another test gives back what it had before
            Limit,
            () => $"{Requests} requests wait and hold no buffer: {gateway.Host.Pipeline.Snapshot().Waiters} and {buffers.Held} of {buffers.Rented}");
        buffers.Rented.ShouldBeGreaterThanOrEqualTo(Requests);
        answers.IsCompleted.ShouldBeFalse("all of them still wait");
        gateway.Http.CancelPendingRequests();
        await Should.ThrowAsync<TaskCanceledException>(() => answers);
    }

    [Fact]
    public async Task WrongClusterComesUpLater_RefusedEvents_DoNotGoThereEither()
    {
        var data = _directory.PathOf("data");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "owner.json"), """{"kafka":"another","registry":"embedded"}""");
        var port = FreePorts.Take();
        await using var gateway = await RunningGateway.StartInAsync(
            data, "Http:Ack=kafka", $"Kafka:BootstrapServers=127.0.0.1:{port}", "Registry:Embedded=true", "Registry:AutoRegister=true");
        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        using var door = new Forwarder(port, kafka.BootstrapServers);
        await Poll.UntilAsync(() => SaysAsync(gateway, "belongs to Kafka cluster 'another'"), Limit, () => "the wrong cluster is seen");

        using var refused = await gateway.PostAsync("/v1/events", Samples.Impression("s", ",\"ip\":1"));

        (await RunningGateway.ResultsOf(refused)).ShouldBe(["0 rejected reserved_field ip"]);
        (await gateway.MetricAsync("adtracking_bad_events_total{outcome=\"dropped\"}")).ShouldBe(1);
        (await gateway.MetricAsync("adtracking_bad_events_total{outcome=\"kept\"}")).ShouldBe(0);
    }

    [Fact]
    public async Task KafkaDown_QueueFull_RefusesAtTheDoor()
    {
        var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        await using var gateway = await RunningGateway.StartAsync(
            $"Kafka:BootstrapServers={kafka.BootstrapServers}",
            "Registry:Embedded=true",
            "Registry:AutoRegister=true",
            "Http:Ack=kafka",
            "Http:RequestDeadlineMs=300",
            "Queue:BytesMax=4194304",
            "Journal:SegmentBytes=2097152",
            "Journal:BytesMax=8388608",
            "Click:AllowedHosts=shop.example");
        await Poll.UntilAsync(() => IsReadyAsync(gateway), Limit, () => "ready");
        kafka.Dispose();
        var batch = $"[{string.Join(',', Enumerable.Repeat(Samples.Impression("s", $",\"page_url\":\"https://p.example/{new string('a', 2_000)}\""), 100))}]";
        var code = "";
        for (var i = 0; i < 100 && code != "queue_full"; i++)
        {
            using var answer = await gateway.PostAsync("/v1/events", batch);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter!.ToString().ShouldBe("2");
            code = answer.Content.Headers.ContentType!.MediaType == "application/problem+json" ? await RunningGateway.CodeOf(answer) : "";
        }

        code.ShouldBe("queue_full");
        (await gateway.MetricAsync("adtracking_events_total{code=\"queue_full\"}")).ShouldBeGreaterThanOrEqualTo(100);
    }

    private static async Task EverythingIsRefusedAsync(RunningGateway gateway, string code)
    {
        using (var pixel = await gateway.Http.GetAsync(new Uri("/v1/i?asid=s&pub=p", UriKind.Relative)))
        {
            pixel.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            pixel.Headers.GetValues("X-AdTracking-Error").ShouldBe([code]);
            pixel.Headers.RetryAfter!.ToString().ShouldBe("2");
            (await pixel.Content.ReadAsByteArrayAsync()).Length.ShouldBe(43);
        }

        using (var beacon = await gateway.PostAsync("/v1/b", Samples.Start("s"), "text/plain"))
        {
            beacon.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await RunningGateway.CodeOf(beacon)).ShouldBe(code);
        }

        using (var notice = await gateway.Http.GetAsync(new Uri("/v1/burl?asid=s&pub=p", UriKind.Relative)))
        {
            notice.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            notice.Headers.RetryAfter!.ToString().ShouldBe("10");
        }

        using var click = await gateway.Http.GetAsync(new Uri("/v1/c?asid=s&pub=p&url=https%3A%2F%2Fshop.example%2F", UriKind.Relative));
        click.StatusCode.ShouldBe(HttpStatusCode.Found);
        if (code == "not_ready")
        {
            (await gateway.MetricAsync("adtracking_clicks_unrecorded_total")).ShouldBe(1);
            using var events = await gateway.PostAsync("/v1/events", Samples.Impression("s"));
            events.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await RunningGateway.CodeOf(events)).ShouldBe(code);
        }
    }

    private static async Task<bool> SaysAsync(RunningGateway gateway, string reason)
    {
        using var health = await gateway.Admin.GetAsync(new Uri("/health", UriKind.Relative));
        return (await JsonAsync(health)).GetProperty("reasons").EnumerateArray().Any(one => one.GetString()!.Contains(reason, StringComparison.Ordinal));
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
