namespace AdTracking.Faults.Tests;

/// <summary>The gateway's system calls: what an answer waits for while Kafka is away, and that nothing touches the disk while it is there.</summary>
[Collection(FaultKafka.Name)]
public sealed class TraceTests(FaultKafka brokers, ITestOutputHelper output)
{
    private static readonly int Requests = Scale.Of(4_000, 10_000);
    private const int Connections = 32;

    /// <summary>So few that two cores with a tracer keep up, and Kafka is not late because of them.</summary>
    private const int ConnectionsCalm = 4;

    private const double SyncsARequestMax = 0.2;

    /// <summary>The default of <c>Journal:SyncAfterMs</c>.</summary>
    private const int SyncAfterMs = 50;

    /// <summary>A spill that has begun for a late event goes on when its answer is out, and its notes follow when Kafka has it.</summary>
    private const int AfterglowMs = 1_000;

    [RequiresFact(Tool.Kafka, Tool.Strace)]
    public async Task Answers_KafkaAway_ComeAfterAWriteAndASyncThatBeganAfterTheirRequest()
    {
        var kafka = await brokers.SingleAsync();
        var calls = await TraceAsync(kafka, "traced.", Connections, () => kafka.KillAsync());

        var syncs = Syncs(calls);
        var spans = Spans(calls);
        var early = spans.Count(span => !syncs.Exists(sync => sync.WriteBegin > span.Begin && sync.End < span.End));

        TestReport.Line(output, $"strace, Kafka away: {spans.Count} answers, {early} without a write and a sync of their own before them; "
            + $"{syncs.Count} syncs, {(double)syncs.Count / Requests:0.000} a request at {Connections} connections");
        spans.Count.ShouldBe(Requests);
        early.ShouldBe(0);
        ((double)syncs.Count / Requests).ShouldBeLessThan(SyncsARequestMax);
    }

    [RequiresFact(Tool.Kafka, Tool.Strace)]
    public async Task Answers_KafkaThere_NeedNoSystemCallOnTheDisk()
    {
        var kafka = await brokers.SingleAsync();
        var calls = await TraceAsync(kafka, "untouched.", ConnectionsCalm, () => Task.CompletedTask);

        var spans = Spans(calls);
        var disk = calls.Where(call => call.Begin > spans[0].Begin && call.Begin < spans[^1].End && IsDisk(call)).ToList();
        // Kafka, on a busy machine and with a tracer beside it, may take longer than that for a moment: then, and only then, there is a spill.
        var unasked = disk.Count(call => !spans.Exists(span => span.BeginMs + SyncAfterMs <= call.BeginMs && span.EndMs >= call.BeginMs - AfterglowMs));
        var slow = spans.Count(span => span.EndMs - span.BeginMs >= SyncAfterMs);
        TestReport.Line(output, $"strace, Kafka there: {spans.Count} answers, {slow} of them after {SyncAfterMs} ms or more; "
            + $"{disk.Count} calls of pwrite, fdatasync, fsync, fallocate, {unasked} of them while none was so late");
        spans.Count.ShouldBe(Requests);
        slow.ShouldBeLessThan(Requests / 2, "too slow a machine to show anything");
        unasked.ShouldBe(0);
    }

    // The requests that were answered, from their bytes read to their answer written. A read counts when it ends: it may begin before the
    // answer to the request before it on the connection, be held up by the tracer, and then find the next one.
    private static List<(int Begin, int End, double BeginMs, double EndMs)> Spans(List<TracedCall> calls)
    {
        var open = new Dictionary<int, TracedCall>();
        var spans = new List<(int Begin, int End, double BeginMs, double EndMs)>();
        foreach (var call in calls.OrderBy(call => IsRead(call) ? call.End : call.Begin))
        {
            if (IsRead(call) && call.Text.StartsWith("GET /v1/i?eid=trace-", StringComparison.Ordinal))
            {
                open[call.Handle] = call;
            }

            if (call.Name.StartsWith("send", StringComparison.Ordinal) && call.Text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
                && open.Remove(call.Handle, out var request))
            {
                spans.Add((request.End, call.Begin, request.EndMs, call.BeginMs));
            }
        }

        return spans;
    }

    private static bool IsRead(TracedCall call) => call.Name.StartsWith("recv", StringComparison.Ordinal);

    private static bool IsDisk(TracedCall call) => call.Name is "pwrite64" or "pwritev" or "fdatasync" or "fsync" or "fallocate";

    // Every sync that succeeded, with the last beginning of a write to the same file that had ended before it.
    private static List<(int WriteBegin, int End)> Syncs(List<TracedCall> calls)
    {
        var writes = calls.Where(call => call.Name == "pwrite64" && call.Result > 0).ToList();
        return [.. calls.Where(call => call.Name == "fdatasync" && call.Result == 0).Select(sync => (
            writes.Where(write => write.Handle == sync.Handle && write.End < sync.Begin).Select(write => write.Begin).DefaultIfEmpty(-1).Max(),
            sync.End))];
    }

    private static async Task<List<TracedCall>> TraceAsync(KafkaCluster kafka, string prefix, int connections, Func<Task> before)
    {
        using var folder = new TemporaryDirectory("trace");
        var file = folder.PathOf("strace");
        var all = new Topics(prefix).Settings(kafka.BootstrapServers, new Uri("http://unused"));
        all.Remove("Registry:Url");
        all["Registry:Embedded"] = "true";
        var wrapper = new ProcessWrapper(
        [
            "strace", "-f", "-ttt", "-D", "-q", "-s", "32", "--seccomp-bpf", "-o", file,
            "-e", "trace=recvfrom,recvmsg,sendto,sendmsg,pwrite64,pwritev,fdatasync,fsync,fallocate",
        ]);
        await using (var gateway = await GatewayProcess.StartAsync(all, folder.PathOf("data"), wrapper))
        {
            // Once, so that Kafka is known and everything is compiled.
            (await PixelLoad.RunAsync(gateway.Http, "warm", 2_000, connections)).ShouldBe(2_000);
            await before();
            (await PixelLoad.RunAsync(gateway.Http, "trace", Requests, connections)).ShouldBe(Requests);
            // The tracer lags behind: of an answer that has just arrived, the call may not have ended yet.
            await Poll.UntilAsync(
                () => Spans(TracedCall.Read(File.ReadLines(file))).Count >= Requests, FaultRig.Limit, () => "the last answer in the trace");
            await gateway.KillAsync();
            await Poll.UntilAsync(() => File.ReadLines(file).Last().Contains("+++ killed", StringComparison.Ordinal), FaultRig.Limit, () => "the trace's end");
            return TracedCall.Read(File.ReadLines(file));
        }
    }
}
