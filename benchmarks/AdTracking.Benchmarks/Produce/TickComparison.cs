using System.Diagnostics;
using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Benchmarks.Produce;

/// <summary>What does the shipper's tick cost and save? Single events come at a steady rate, each with its own waiter; for each tick, CPU
/// an event of this process and of the broker, and how long the events waited for their acknowledgement.</summary>
internal static class TickComparison
{
    private static readonly (string Name, int TickMs, int TickMsMax)[] Ticks =
    [
        ("fixed 1 ms", 1, 1), ("fixed 5 ms", 5, 5), ("fixed 10 ms", 10, 10), ("fixed 25 ms", 25, 25), ("5 to 25 ms, by the policy", 5, 25),
    ];

    public static async Task<int> RunAsync(ProduceArguments arguments)
    {
        Console.WriteLine($"{arguments.Rate} events/s of {arguments.Bytes} bytes, {arguments.Partitions} partitions:");
        Console.WriteLine("| tick | in force | CPU us/event | broker CPU us/event | events per partition and tick | p50 ms | p99 ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((var name, var tick, var tickMax) in Ticks)
        {
            await RunAsync(arguments, name, tick, tickMax);
        }

        return 0;
    }

    private static async Task RunAsync(ProduceArguments arguments, string name, int tickMs, int tickMsMax)
    {
        var topics = ProduceArguments.FreshTopics("ticks");
        using var embedded = arguments.Bootstrap is null ? EmbeddedKafka.Start(topics, arguments.Partitions) : null;
        var bootstrap = arguments.Bootstrap ?? embedded!.BootstrapServers;
        if (embedded is null)
        {
            await TopicAdmin.EnsureAsync(new TopicAdminOptions { BootstrapServers = bootstrap, Topics = topics, PartitionCount = arguments.Partitions });
        }

        await using var pipeline = await EventPipeline.StartAsync(new PipelineOptions
        {
            BootstrapServers = bootstrap,
            Producer = arguments.Producer,
            Topics = topics,
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
            TickMs = tickMs,
            TickMsMax = tickMsMax,
            InlineContinuations = true,
        });
        await Task.Run(() => Append(pipeline, arguments, seconds: 2, latencies: null));
        var latencies = new Latencies(arguments.Rate * arguments.Seconds);
        var before = pipeline.Snapshot();
        var usage = new Usage(arguments.BrokerPid);
        await Task.Run(() => Append(pipeline, arguments, arguments.Seconds, latencies));
        var cpu = usage.CpuSeconds * 1e6 / latencies.Count;
        var broker = usage.BrokerCpuSeconds * 1e6 / latencies.Count;
        var after = pipeline.Snapshot();
        var each = (double)(after.HandedOver - before.HandedOver) / Math.Max(1, after.PartitionBatches - before.PartitionBatches);
        await pipeline.DrainAsync(TimeSpan.FromSeconds(10));
        Console.WriteLine($"| {name} | {after.TickMs} | {cpu:0.0} | {broker:0.0} | {each:0.0} | {latencies.At(0.5):0.0} | {latencies.At(0.99):0.0} |");
    }

    // Open loop: every millisecond as many as the rate asks for, whatever became of those before.
    private static void Append(EventPipeline pipeline, ProduceArguments arguments, int seconds, Latencies? latencies)
    {
        var payload = new byte[arguments.Bytes];
        byte[][] keys = [.. Enumerable.Range(0, 5_000).Select(i => Encoding.UTF8.GetBytes($"key-{i:000000000000000000000000000000}"))];
        using var pause = new ManualResetEventSlim();
        var start = Stopwatch.GetTimestamp();
        var sent = 0;
        while (sent < arguments.Rate * seconds)
        {
            var due = (int)Math.Min(arguments.Rate * seconds, Stopwatch.GetElapsedTime(start).TotalSeconds * arguments.Rate);
            for (; sent < due; sent++)
            {
                var group = pipeline.BeginGroup();
                group.TryBegin((EventTopic)(sent % 3), keys[sent * 7 % keys.Length], out var value);
                payload.CopyTo(value);
                group.Commit(payload.Length);
                var waiter = pipeline.RentWaiter(1);
                if (pipeline.TryAppend(group, waiter) == Admission.Accepted)
                {
                    _ = MeasureAsync(pipeline, waiter, latencies);
                }
                else
                {
                    pipeline.Return(waiter);
                }
            }

            pause.Wait(1);
        }
    }

    private static async Task MeasureAsync(EventPipeline pipeline, DeliveryWaiter waiter, Latencies? latencies)
    {
        var start = Stopwatch.GetTimestamp();
        await waiter.WaitAsync();
        latencies?.Add(Stopwatch.GetElapsedTime(start));
        pipeline.Return(waiter);
    }
}
