using System.Diagnostics;
using System.Text;
using AdTracking.Emitter;

namespace AdTracking.Benchmarks.Produce;

/// <summary>
/// What does the shipper's tick cost and save? Single events come at a steady rate, each with its own waiter; for each tick, CPU an
/// event of this process and of the broker, and how long the events waited for their acknowledgement.
/// </summary>
internal static class TickComparison
{
    private static readonly (string Name, int TickMs, int TickMsMax)[] s_ticks =
    [
        ("fixed 1 ms", 1, 1), ("fixed 5 ms", 5, 5), ("fixed 10 ms", 10, 10), ("fixed 25 ms", 25, 25), ("5 to 25 ms, by the policy", 5, 25),
    ];

    public static async Task<int> RunAsync(ProduceArguments arguments)
    {
        Console.WriteLine($"{arguments.Rate} events/s of {arguments.Bytes} bytes, {arguments.Partitions} partitions:");
        Console.WriteLine("| tick | in force | CPU us/event | broker CPU us/event | events a partition and hand-over | p50 ms | p99 ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((string name, int tick, int tickMax) in s_ticks)
            await RunAsync(arguments, name, tick, tickMax);
        return 0;
    }

    private static async Task RunAsync(ProduceArguments arguments, string name, int tickMs, int tickMsMax)
    {
        TopicNames topics = ProduceArguments.FreshTopics("ticks");
        using EmbeddedKafka? embedded = arguments.Bootstrap is null ? EmbeddedKafka.Start(topics, arguments.Partitions) : null;
        string bootstrap = arguments.Bootstrap ?? embedded!.BootstrapServers;
        if (embedded is null)
            await TopicAdmin.EnsureAsync(new TopicAdminOptions { BootstrapServers = bootstrap, Topics = topics, PartitionCount = arguments.Partitions });
        await using EventPipeline pipeline = await EventPipeline.StartAsync(new PipelineOptions
        {
            BootstrapServers = bootstrap,
            Topics = topics,
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
            TickMs = tickMs,
            TickMsMax = tickMsMax,
            InlineContinuations = true,
        });
        await Task.Run(() => Append(pipeline, arguments, seconds: 2, latencies: null));
        var latencies = new Latencies(arguments.Rate * arguments.Seconds);
        PipelineStats before = pipeline.Snapshot();
        var usage = new Usage(arguments.BrokerPid);
        await Task.Run(() => Append(pipeline, arguments, arguments.Seconds, latencies));
        double cpu = usage.CpuSeconds * 1e6 / latencies.Count;
        double broker = usage.BrokerCpuSeconds * 1e6 / latencies.Count;
        PipelineStats after = pipeline.Snapshot();
        double each = (double)(after.HandedOver - before.HandedOver) / Math.Max(1, after.PartitionBatches - before.PartitionBatches);
        await pipeline.DrainAsync(TimeSpan.FromSeconds(10));
        Console.WriteLine($"| {name} | {after.TickMs} | {cpu:0.0} | {broker:0.0} | {each:0.0} | {latencies.At(0.5):0.0} | {latencies.At(0.99):0.0} |");
    }

    // Open loop: every millisecond as many as the rate asks for, whatever became of those before.
    private static void Append(EventPipeline pipeline, ProduceArguments arguments, int seconds, Latencies? latencies)
    {
        byte[] payload = new byte[arguments.Bytes];
        GroupBuffer group = GroupBuffer.ForThisThread;
        byte[][] keys = [.. Enumerable.Range(0, 5_000).Select(i => Encoding.UTF8.GetBytes($"key-{i:000000000000000000000000000000}"))];
        using var pause = new ManualResetEventSlim();
        long start = Stopwatch.GetTimestamp();
        int sent = 0;
        while (sent < arguments.Rate * seconds)
        {
            int due = (int)Math.Min(arguments.Rate * seconds, Stopwatch.GetElapsedTime(start).TotalSeconds * arguments.Rate);
            for (; sent < due; sent++)
            {
                group.Clear();
                group.TryBegin((EventTopic)(sent % 3), keys[sent * 7 % keys.Length], out Span<byte> value);
                payload.CopyTo(value);
                group.Commit(payload.Length);
                DeliveryWaiter waiter = pipeline.RentWaiter(1);
                if (pipeline.TryAppend(group, waiter) == Admission.Accepted)
                    _ = MeasureAsync(pipeline, waiter, latencies);
                else
                    pipeline.Return(waiter);
            }

            pause.Wait(1);
        }
    }

    private static async Task MeasureAsync(EventPipeline pipeline, DeliveryWaiter waiter, Latencies? latencies)
    {
        long start = Stopwatch.GetTimestamp();
        await waiter.WaitAsync();
        latencies?.Add(Stopwatch.GetElapsedTime(start));
        pipeline.Return(waiter);
    }
}
