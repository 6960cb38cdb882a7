using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using Confluent.Kafka;

namespace AdTracking.Benchmarks.Produce;

/// <summary>What does an event cost through the queue and the lean binding, and what through Confluent.Kafka's Produce with a delivery
/// handler? Same bytes, same promises (acks=all, idempotent, lz4), every event acknowledged, counted at the broker afterwards. Without
/// --bootstrap an embedded Kafka in this process takes them, whose CPU counts for both.</summary>
internal static class ProduceComparison
{
    private const int KeysCount = 1_000;
    private const int GroupEvents = 100;
    private const int WarmUpEvents = 50_000;

    public static async Task<int> RunAsync(ProduceArguments arguments)
    {
        Console.WriteLine("| path | events at the broker | events/s | CPU us/event | broker CPU us/event | bytes allocated/event |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var whole = await RunAsync(arguments, "queue and lean binding", (kafka, topics, values) => QueueAsync(ProducerKind.Librdkafka, kafka, topics, values));
        whole &= await RunAsync(arguments, "queue and our own producer", (kafka, topics, values) => QueueAsync(ProducerKind.AdTracking, kafka, topics, values));
        whole &= await RunAsync(arguments, "Confluent.Kafka, handler", HandlerAsync);
        return whole ? 0 : 1;
    }

    private static async Task<bool> RunAsync(
        ProduceArguments arguments, string path, Func<string, TopicNames, byte[][], Task<Func<int, Task>>> open)
    {
        var topics = ProduceArguments.FreshTopics("produce");
        using var embedded = arguments.Bootstrap is null ? EmbeddedKafka.Start(topics, arguments.Partitions) : null;
        var bootstrap = arguments.Bootstrap ?? embedded!.BootstrapServers;
        if (embedded is null)
        {
            await TopicAdmin.EnsureAsync(new TopicAdminOptions { BootstrapServers = bootstrap, Topics = topics, PartitionCount = arguments.Partitions });
        }

        var values = Values(arguments.Bytes);
        var produce = await open(bootstrap, topics, values);
        await produce(WarmUpEvents);
        var usage = new Usage(arguments.BrokerPid);
        await produce(arguments.Events);
        var seconds = usage.Seconds;
        var micros = usage.CpuSeconds * 1e6 / arguments.Events;
        var broker = usage.BrokerCpuSeconds * 1e6 / arguments.Events;
        var allocated = (double)usage.AllocatedBytes / arguments.Events;
        await produce(0);
        var held = BrokerCount.Of(bootstrap, topics.Impression, arguments.Partitions);
        Console.WriteLine($"| {path} | {held} | {arguments.Events / seconds:0} | {micros:0.00} | {broker:0.00} | {allocated:0.0} |");
        return held == arguments.Events + WarmUpEvents;
    }

    // Sends so many events and comes back when all are acknowledged; 0 ends it.
    private static async Task<Func<int, Task>> QueueAsync(ProducerKind producer, string bootstrap, TopicNames topics, byte[][] values)
    {
        var pipeline = await EventPipeline.StartAsync(new PipelineOptions
        {
            BootstrapServers = bootstrap,
            Producer = producer,
            Topics = topics,
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        });
        var keys = Keys();
        return async events =>
        {
            if (events == 0)
            {
                await pipeline.DisposeAsync();
                return;
            }

            await Task.Run(() => Append(pipeline, keys, values, events));
        };
    }

    private static void Append(EventPipeline pipeline, byte[][] keys, byte[][] values, int events)
    {
        var target = pipeline.Snapshot().Topics[0].Delivered + events;
        for (var sent = 0; sent < events;)
        {
            var group = pipeline.BeginGroup();
            for (var i = 0; i < GroupEvents && sent < events; i++, sent++)
            {
                var value = values[sent % values.Length];
                group.TryBegin(EventTopic.Impression, keys[sent % KeysCount], out var span);
                value.CopyTo(span);
                group.Commit(value.Length);
            }

            while (pipeline.TryAppend(group, null) != Admission.Accepted)
            {
                Pause(1);
            }
        }

        while (pipeline.Snapshot().Topics[0].Delivered < target)
        {
            Pause(5);
        }
    }

    private static Task<Func<int, Task>> HandlerAsync(string bootstrap, TopicNames topics, byte[][] values) =>
        Task.FromResult(Handler(bootstrap, topics, values));

    private static Func<int, Task> Handler(string bootstrap, TopicNames topics, byte[][] values)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = bootstrap,
            Acks = Acks.All,
            EnableIdempotence = true,
            CompressionType = CompressionType.Lz4,
            LingerMs = 5,
            Partitioner = Partitioner.Murmur2,
            DeliveryReportFields = "status",
        };
        var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        var keys = Keys();
        return events =>
        {
            if (events == 0)
            {
                producer.Dispose();
            }

            return events == 0 ? Task.CompletedTask : Task.Run(() => Produce(producer, topics.Impression, keys, values, events));
        };
    }

    private static void Produce(IProducer<byte[], byte[]> producer, string topic, byte[][] keys, byte[][] values, int events)
    {
        var delivered = 0;
        using var done = new ManualResetEventSlim();
        for (var sent = 0; sent < events;)
        {
            try
            {
                var message = new Message<byte[], byte[]> { Key = keys[sent % KeysCount], Value = values[sent % values.Length] };
                producer.Produce(topic, message, report =>
                {
                    if (!report.Error.IsError && Interlocked.Increment(ref delivered) == events)
                    {
                        done.Set();
                    }
                });
                sent++;
            }
            catch (ProduceException<byte[], byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                Pause(1);
            }
        }

        done.Wait(TimeSpan.FromMinutes(2));
    }

    private static byte[][] Keys() => [.. Enumerable.Range(0, KeysCount).Select(i => Encoding.UTF8.GetBytes($"0193a1e2-7b3c-7d4e-8f50-{i:000000000000}"))];

    // Half of it alike and half of it not, as with ids among names.
    private static byte[][] Values(int bytes)
    {
        var random = new Random(1);
        var values = new byte[512][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new byte[bytes];
            random.NextBytes(values[i].AsSpan(0, bytes / 2));
            values[i].AsSpan(bytes / 2).Fill((byte)'x');
        }

        return values;
    }

    private static void Pause(int milliseconds)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(milliseconds);
    }
}
