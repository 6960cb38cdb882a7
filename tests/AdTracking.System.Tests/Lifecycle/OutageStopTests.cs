using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Lifecycle;

/// <summary>Ends of a gateway whose Kafka is away: what was answered with success is there again at the next start.</summary>
public sealed class OutageStopTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>What a process may take to end beside its drain: producer, files, runtime. Less than half of a question to Kafka.</summary>
    private static readonly TimeSpan ProcessEnd = TimeSpan.FromSeconds(2);

    private readonly TemporaryDirectory _folder = new("outage-stop");
    private readonly Dictionary<string, string> _settings = new()
    {
        ["Kafka:BootstrapServers"] = $"127.0.0.1:{FreePorts.Take()}",
        ["Registry:Embedded"] = "true",
        ["Registry:AutoRegister"] = "true",
        ["Drain:DeadlineMs"] = "30000",
    };

    private string Data => _folder.PathOf("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SecondSignal_DuringAnOutage_EndsWith130AndLosesNothing()
    {
        await using (var first = await StartAndStoreAsync())
        {
            first.Send(Signal.Terminate);
            await Poll.UntilAsync(() => first.Output.Contains("draining"), TimeSpan.FromSeconds(30), () => first.Output);
            (await first.TerminateAsync()).ShouldBe(130);
        }

        await BacklogShouldBeFoundAsync();
    }

    [Fact]
    public async Task Signal_DuringAnOutage_LeavesTheRestInTheJournalAndEndsWith0()
    {
        _settings["Drain:DeadlineMs"] = "300";
        await using (var first = await StartAndStoreAsync())
        {
            (await first.TerminateAsync()).ShouldBe(0);
            first.Output.ShouldContain("events stay in the journal");
        }

        await BacklogShouldBeFoundAsync();
    }

    // Right after a question to the Kafka that is away was given up, the next one begins: a stop that waited for its end would be seconds late.
    [Fact]
    public async Task Signal_WhileKafkaIsAsked_EndsAtTheDeadlineAndLosesNothing()
    {
        var deadline = TimeSpan.FromSeconds(1);
        _settings["Drain:DeadlineMs"] = $"{deadline.TotalMilliseconds}";
        await using (var first = await StartAndStoreAsync())
        {
            await Poll.UntilAsync(() => first.Output.Contains("cannot be reached"), TimeSpan.FromSeconds(30), () => first.Output);
            var since = Stopwatch.StartNew();
            (await first.TerminateAsync()).ShouldBe(0);
            TestReport.Line(output, $"ended {since.ElapsedMilliseconds} ms after the signal, deadline {deadline.TotalMilliseconds} ms");
            since.Elapsed.ShouldBeLessThan(deadline + ProcessEnd);
        }

        await BacklogShouldBeFoundAsync();
    }

    [Fact]
    public async Task Kill_DuringAnOutage_LosesNothing()
    {
        await using (var first = await StartAndStoreAsync())
        {
            await first.KillAsync();
        }

        await BacklogShouldBeFoundAsync();
    }

    private async Task<GatewayProcess> StartAndStoreAsync()
    {
        var gateway = await GatewayProcess.StartAsync(_settings, Data);
        using var http = new HttpClient();
        object[] events = [.. Enumerable.Range(0, 5).Select(i => new { event_name = "impression", ad_serving_id = $"s-{i}", publisher_id = "p" })];
        using var answer = await http.PostAsJsonAsync(new Uri(gateway.Http, "/v1/events"), events);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"synced\"");
        return gateway;
    }

    private async Task BacklogShouldBeFoundAsync()
    {
        await using var second = await GatewayProcess.StartAsync(_settings, Data);
        await Poll.UntilAsync(() => second.Output.Contains("events waiting in"), TimeSpan.FromSeconds(30), () => second.Output);
        var line = second.Output.Split('\n').First(line => line.Contains("events waiting in", StringComparison.Ordinal)).Trim();
        int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).ShouldBeGreaterThanOrEqualTo(5);
        TestReport.Line(output, $"found by the next start: {line}");
    }
}
