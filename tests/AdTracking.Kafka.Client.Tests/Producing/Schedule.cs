using AdTracking.Kafka.Client.Tests.Broker;
using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>A seeded schedule: brokers, options, faults and hand-overs all follow from one number.</summary>
internal static class Schedule
{
    private static readonly string[] Topics = ["first", "second"];

    /// <summary>What is wrong with the first of these schedules that goes wrong, or null. A producer that ends where nothing is a reason to end
    /// is wrong, too.</summary>
    public static string? FirstFailure(int start, int count)
    {
        for (var seed = start; seed < start + count; seed++)
        {
            var (intensity, badRecords) = (seed % 4, seed % 3 == 0 ? 0 : 2);
            try
            {
                using var run = Run(seed, intensity, badRecords);
                if (run.Core.FatalReason is not (null or "purged") && (intensity == 0 || badRecords == 0) && intensity != 3)
                {
                    return $"seed {seed}: ended, {run.Core.FatalReason}";
                }
            }
            catch (InvalidOperationException failure)
            {
                return failure.Message;
            }
        }

        return null;
    }

    /// <summary>Runs one to its end, and checks it.</summary>
    /// <exception cref="InvalidOperationException">A report is not true; it names the seed.</exception>
    public static ProducerRun Run(int seed, int intensity, int badRecords)
    {
        var random = new Random(seed);
        var brokers = random.Next(1, 4);
        var partitions = random.Next(1, 5);
        var cluster = new MemoryCluster(random, brokers, Topics, partitions, (short)random.Next(3, 14), (short)random.Next(7, 14));
        cluster.Faults = Draw(random, intensity) with { ChangeLimit = badRecords > 0 && intensity > 0 ? random.Next(60) : 0 };
        if (intensity == 3)
        {
            cluster.FurtherErrors =
            [
                KafkaError.TopicAuthorizationFailed, KafkaError.OutOfOrderSequenceNumber, KafkaError.UnknownProducerId, KafkaError.InvalidProducerEpoch,
            ];
        }

        foreach (var partition in cluster.Partitions.SelectMany(all => all))
        {
            partition.BatchRecordsMax = badRecords > 0 && random.Next(3) == 0 ? random.Next(1, 20) : int.MaxValue;
        }

        byte Kind() => (byte)(random.Next(1_000) < badRecords ? random.Next(1, 3) : 0);
        var run = new ProducerRun(cluster, Options(random, brokers), recordsMax: 20_000);
        try
        {
            for (var tick = 0; tick < 250; tick++)
            {
                run.Tick(random.Next(30));
                for (var handOvers = random.Next(4); handOvers > 0; handOvers--)
                {
                    _ = run.HandOver(random.Next(Topics.Length), random.Next(partitions), random.Next(1, 12), Kind);
                }
            }

            cluster.Heal();
            run.Finish();
            run.Check();
            return run;
        }
        catch (Exception failure)
        {
            run.Dispose();
            throw new InvalidOperationException($"seed {seed}: {failure.Message} ({run.Core.FatalReason})", failure);
        }
    }

    private static ProducerOptions Options(Random random, int brokers) => new()
    {
        BootstrapServers = [.. Enumerable.Range(0, brokers).Select(MemoryCluster.AddressOf)],
        Topics = Topics,
        Compression = random.Next(2) == 0 ? RecordCompression.None : RecordCompression.Lz4,
        BatchBytesMax = random.Next(200, 2_000),
        RequestBytesMax = random.Next(500, 20_000),
        InFlightMax = random.Next(1, 6),
        RequestTimeoutMs = random.Next(200, 2_000),
        MetadataAgeMaxMs = random.Next(200, 5_000),
        Random = random,
    };

    private static MemoryFaults Draw(Random random, int intensity) => intensity == 0 ? MemoryFaults.None : new MemoryFaults
    {
        LoseRequest = random.Next(30),
        LoseAnswer = random.Next(30),
        TearAnswer = random.Next(20),
        Silence = random.Next(10),
        ErrorBefore = random.Next(60),
        ErrorAfter = random.Next(60),
        MoveLeader = random.Next(60),
        Restart = random.Next(30),
        Throttle = random.Next(50),
        StaleMetadata = random.Next(300),
    };
}
