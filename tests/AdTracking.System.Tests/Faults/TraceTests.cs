using AdTracking.System.Tests.Load;
using AdTracking.Testing;
using Xunit.Abstractions;

namespace AdTracking.System.Tests.Faults;

/// <summary>The gateway's system calls: what an answer waits for while Kafka is away, and that nothing touches the disk while it is there.</summary>
[Collection(FaultKafka.Name)]
public sealed class TraceTests(FaultKafka brokers, ITestOutputHelper output)
{
    private const int Requests = 10_000;
    private const int Connections = 32;
    private const double SyncsARequestMax = 0.2;

    [RequiresFact(Tool.Kafka, Tool.Strace)]
    public async Task Answers_KafkaAway_ComeAfterAWriteAndASyncThatBeganAfterTheirRequest()
    {
        var kafka = await brokers.SingleAsync();
        var calls = await TraceAsync(kafka, "traced.", () => kafka.KillAsync(), new Dictionary<string, string>());

        var syncs = Syncs(calls);
        var open = new Dictionary<int, TracedCall>();
        int answers = 0, early = 0;
        foreach (var call in calls.OrderBy(call => call.Begin))
        {
            if (call.Name.StartsWith("recv", StringComparison.Ordinal) && call.Text.StartsWith("GET /v1/i?eid=trace-", StringComparison.Ordinal))
                open[call.Handle] = call;
            if (!call.Name.StartsWith("send", StringComparison.Ordinal) || !call.Text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) continue;
            if (!open.Remove(call.Handle, out var request)) continue;
            answers++;
            if (!syncs.Exists(sync => sync.WriteBegin > request.End && sync.End < call.Begin)) early++;
        }

        TestReport.Line(output, $"strace, Kafka away: {answers} answers, {early} without a write and a sync of their own before them; "
            + $"{syncs.Count} syncs, {(double)syncs.Count / Requests:0.000} a request at {Connections} connections");
        answers.ShouldBe(Requests);
        early.ShouldBe(0);
        ((double)syncs.Count / Requests).ShouldBeLessThan(SyncsARequestMax);
    }

    [RequiresFact(Tool.Kafka, Tool.Strace)]
    public async Task Answers_KafkaThere_NeedNoSystemCallOnTheDisk()
    {
        var kafka = await brokers.SingleAsync();
        // Under a tracer on a busy machine Kafka may take longer than the usual 50 ms: what is shown is that nothing is written before.
        var calls = await TraceAsync(kafka, "untouched.", () => Task.CompletedTask, new() { ["Journal:SyncAfterMs"] = "5000" });

        var first = calls.First(call => call.Text.StartsWith("GET /v1/i?eid=trace-", StringComparison.Ordinal)).Begin;
        var last = calls.Last(call => call.Text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)).End;
        var disk = calls.Where(call => call.Begin > first && call.End < last && IsDisk(call)).ToList();
        TestReport.Line(output, $"strace, Kafka there: {Requests} requests, {disk.Count} calls of pwrite, fdatasync, fsync, fallocate");
        disk.ShouldBeEmpty();
    }

    private static bool IsDisk(TracedCall call) => call.Name is "pwrite64" or "pwritev" or "fdatasync" or "fsync" or "fallocate";

    // Every sync that succeeded, with the last beginning of a write to the same file that had ended before it.
    private static List<(int WriteBegin, int End)> Syncs(List<TracedCall> calls)
    {
        var writes = calls.Where(call => call.Name == "pwrite64" && call.Result > 0).ToList();
        return [.. calls.Where(call => call.Name == "fdatasync" && call.Result == 0).Select(sync => (
            writes.Where(write => write.Handle == sync.Handle && write.End < sync.Begin).Select(write => write.Begin).DefaultIfEmpty(-1).Max(),
            sync.End))];
    }

    private static async Task<List<TracedCall>> TraceAsync(
        KafkaCluster kafka, string prefix, Func<Task> before, Dictionary<string, string> settings)
    {
        using var folder = new TemporaryDirectory("trace");
        var file = folder.PathOf("strace");
        var all = new Topics(prefix).Settings(kafka.BootstrapServers, new Uri("http://unused"));
        all.Remove("Registry:Url");
        all["Registry:Embedded"] = "true";
        foreach (var (name, value) in settings) all[name] = value;
        var hull = new GatewayHull(
        [
            "strace", "-f", "-D", "-q", "-s", "32", "--seccomp-bpf", "-o", file,
            "-e", "trace=recvfrom,recvmsg,sendto,sendmsg,pwrite64,pwritev,fdatasync,fsync,fallocate",
        ]);
        await using (var gateway = await GatewayProcess.StartAsync(all, folder.PathOf("data"), hull))
        {
            // Once, so that Kafka is known and everything is compiled.
            (await PixelLoad.RunAsync(gateway.Http, "warm", 200, Connections)).ShouldBe(200);
            await before();
            (await PixelLoad.RunAsync(gateway.Http, "trace", Requests, Connections)).ShouldBe(Requests);
            await gateway.KillAsync();
            await Poll.UntilAsync(() => File.ReadLines(file).Last().Contains("+++ killed", StringComparison.Ordinal), FaultRig.Limit, () => "the trace's end");
            return TracedCall.Read(File.ReadLines(file));
        }
    }
}
