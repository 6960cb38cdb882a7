using AdTracking.Cli.CommandLine;
using AdTracking.SchemaRegistry;
using Confluent.Kafka;

namespace AdTracking.Cli.Tailing;

/// <summary>Reads topics without a consumer group and prints every record.</summary>
internal static class Tail
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until the count is reached, the time is out, or it is cancelled; the exit code.</summary>
    public static async Task<int> RunAsync(
        TailOptions options, Stream output, TextWriter progress, TimeProvider clock, CancellationToken cancellation)
    {
        using var consumer = Open(options.BootstrapServers);
        var start = Start(consumer, options);
        consumer.Assign(start);
        var topics = string.Join(", ", start.Select(place => place.Topic).Distinct());
        await progress.WriteLineAsync($"{topics} at {options.BootstrapServers}, schemas from {options.Registry}");
        using var http = new HttpClient();
        var registry = new SchemaRegistryClient(http, new SchemaRegistryOptions { BaseAddress = options.Registry });
        using var lines = new RecordLine(registry, options.Schema, options.ShowsAll, options.Filters);
        var startedAt = clock.GetTimestamp();
        var printed = 0;
        while (options.Count == 0 || printed < options.Count)
        {
            if (cancellation.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }

            if (options.Timeout is { } limit && clock.GetElapsedTime(startedAt) > limit)
            {
                return await TimeOutAsync(options, printed, progress);
            }

            if (Next(consumer) is not { } record)
            {
                continue;
            }

            var line = await lines.OfAsync(record, cancellation);
            if (line.IsEmpty)
            {
                continue;
            }

            await output.WriteAsync(line, cancellation);
            await output.FlushAsync(cancellation);
            printed++;
        }

        return ExitCodes.Done;
    }

    private static async Task<int> TimeOutAsync(TailOptions options, int printed, TextWriter progress)
    {
        if (options.Count == 0)
        {
            return ExitCodes.Done;
        }

        await progress.WriteLineAsync($"{printed} of {options.Count} records within {options.Timeout?.TotalSeconds:0} s");
        return ExitCodes.TimeOut;
    }

    private static ConsumeResult<byte[], byte[]>? Next(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            return consumer.Consume(PollTime);
        }
        catch (ConsumeException problem)
        {
            throw new UnavailableException($"Kafka: {problem.Error.Reason}", problem);
        }
    }

    private static IConsumer<byte[], byte[]> Open(string bootstrapServers) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "adtracking-tail", // wanted by the client; never used, since partitions are assigned and nothing is committed
            EnableAutoCommit = false,
            FetchWaitMaxMs = 100,
        }).SetLogHandler((_, _) => { }).Build();

    // The end is asked for here and now, not left to the first fetch: what is sent after the first line on standard error is seen.
    private static List<TopicPartitionOffset> Start(IConsumer<byte[], byte[]> consumer, TailOptions options)
    {
        try
        {
            List<TopicPartitionOffset> places = [.. options.Topics.SelectMany(topic => Partitions(options, topic)).Select(partition =>
                new TopicPartitionOffset(partition, options.FromBeginning ? Offset.Beginning : End(consumer, partition)))];
            return places.Count > 0
                ? places
                : throw new UnavailableException($"No topic {string.Join(", ", options.Topics)} at {options.BootstrapServers}.");
        }
        catch (KafkaException problem)
        {
            throw new UnavailableException($"Kafka at {options.BootstrapServers}: {problem.Error.Reason}", problem);
        }
    }

    private static Offset End(IConsumer<byte[], byte[]> consumer, TopicPartition partition) =>
        consumer.QueryWatermarkOffsets(partition, MetadataTimeout).High;

    private static IEnumerable<TopicPartition> Partitions(TailOptions options, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = options.BootstrapServers })
            .SetLogHandler((_, _) => { }).Build();
        return [.. admin.GetMetadata(topic, MetadataTimeout).Topics.Where(found => !found.Error.IsError)
            .SelectMany(found => found.Partitions).Select(partition => new TopicPartition(topic, partition.PartitionId))];
    }
}
