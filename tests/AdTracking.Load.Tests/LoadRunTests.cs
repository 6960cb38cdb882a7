using AdTracking.Load.Engine;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Tests;

/// <summary>The engine against a server whose answers are scripted.</summary>
public sealed class LoadRunTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(600);

    [Fact]
    public async Task RunAsync_OpenLoopAndStall_ShowsItInEveryRequestThatWasDueMeanwhile()
    {
        var stall = new Lazy<Task>(() => Task.Delay(Stall));
        using var server = new ScriptedServer(_ => stall.Value);

        var counts = await RunAsync(Scenarios.Get(4, 15_000, Scenarios.Inject(200, 1)), server);

        counts.Succeeded.ShouldBe(200);
        // Due in the first 300 ms and answered after 600 ms: 60 requests of at least 300 ms each, though only 4 could be under way.
        CountFrom(295_000, counts).ShouldBeGreaterThanOrEqualTo(58);
    }

    [Fact]
    public async Task RunAsync_ClosedLoopAndStall_ShowsItOncePerConnection()
    {
        var stall = new Lazy<Task>(() => Task.Delay(Stall));
        using var server = new ScriptedServer(async _ =>
        {
            await stall.Value;
            await Task.Delay(10);
        });

        var counts = await RunAsync(Scenarios.Get(4, 15_000, Scenarios.KeepConstant(1)), server);

        counts.Failed.ShouldBe(0);
        counts.Succeeded.ShouldBeGreaterThan(4);
        CountFrom(590_000, counts).ShouldBeGreaterThanOrEqualTo(4);
        counts.LatencyUs.TotalCount.ShouldBe(counts.Succeeded);
    }

    [Fact]
    public async Task RunAsync_NoAnswer_TimesOutAndCountsTheRestAsUnsent()
    {
        using var server = new ScriptedServer(_ => Task.Delay(Timeout.Infinite));

        var counts = await RunAsync(Scenarios.Get(2, 300, Scenarios.Inject(100, 0.3)), server);

        counts.Errors.Keys.ShouldBe(["timeout", "unsent"]);
        counts.Failed.ShouldBe(30);
        counts.LatencyUs.TotalCount.ShouldBe(counts.Errors["timeout"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "status_503")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "malformed")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\nmore", "malformed")]
    public async Task RunAsync_WrongAnswer_IsCountedByKind(string answer, string kind)
    {
        using var server = new ScriptedServer(_ => Task.CompletedTask, answer);

        var counts = await RunAsync(Scenarios.Get(2, 15_000, Scenarios.Inject(100, 0.1)), server);

        counts.Errors.ShouldBe([new(kind, 10)]);
    }

    [Fact]
    public async Task RunAsync_NobodyListens_CountsConnect()
    {
        var server = new ScriptedServer(_ => Task.CompletedTask);
        var endPoint = server.EndPoint;
        server.Dispose();
        var run = new LoadRun(Scenarios.Get(2, 15_000, Scenarios.Inject(100, 0.1)), endPoint, "localhost", 1);

        await run.RunAsync(CancellationToken.None);

        run.Recorder.Errors.ShouldBe([new("connect", 10)]);
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new ScriptedServer(async number =>
        {
            await (number == 3 ? cancel.CancelAsync() : Task.CompletedTask);
            await Task.Delay(Timeout.Infinite);
        });
        var run = new LoadRun(Scenarios.Get(8, 600_000, Scenarios.Inject(1000, 600)), server.EndPoint, "localhost", 1);

        await run.RunAsync(cancel.Token).WaitAsync(TimeSpan.FromSeconds(60));

        run.Recorder.Succeeded.ShouldBe(0);
    }

    private static long CountFrom(long latencyUs, Recorder counts) => counts.LatencyUs.RecordedValues()
        .Where(value => value.ValueIteratedTo >= latencyUs).Sum(value => value.CountAddedInThisIterationStep);

    private static async Task<Recorder> RunAsync(Scenario scenario, ScriptedServer server)
    {
        var run = new LoadRun(scenario, server.EndPoint, "localhost", 1);
        await run.RunAsync(CancellationToken.None);
        return run.Recorder;
    }
}
