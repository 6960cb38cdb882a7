using AdTracking.Kafka.Client.Tests.Broker;
using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;

namespace AdTracking.Kafka.Client.Tests.Producing;

/// <summary>Seeded schedules of everything that can go wrong: nothing is lost, twice or out of order, and every report is true.</summary>
public sealed class ScheduleTests(ITestOutputHelper output)
{
    private static readonly string[] Topics = ["first", "second"];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 30)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public void Run_SeededSchedules_EveryReportIsTrue(int intensity, int badRecords)
    {
        const int Schedules = 60;
        var start = Seeds.Next(output);
        var fatal = 0;
        var outcomes = new Dictionary<RecordOutcome, int>();
        var answered = new Dictionary<KafkaError, int>();
        for (var seed = start; seed < start + Schedules; seed++)
        {
            using var run = RunOne(seed, intensity, badRecords);
            if (run.Core.FatalReason is not (null or "purged"))
            {
                fatal++;
                output.WriteLine($"seed {seed}: {run.Core.FatalReason}");
            }

            foreach (var report in run.Reports.Values)
            {
                outcomes[report.Outcome] = outcomes.GetValueOrDefault(report.Outcome) + 1;
            }

            foreach (var (error, count) in run.Cluster.Answered)
            {
                answered[error] = answered.GetValueOrDefault(error) + count;
            }
        }

        output.WriteLine($"{Schedules} schedules, {fatal} ended; {string.Join(", ", outcomes)}; answers: {string.Join(", ", answered)}");
        outcomes[RecordOutcome.Delivered].ShouldBeGreaterThan(10 * Schedules);
        if (intensity == 0 || badRecords == 0)
        {
            fatal.ShouldBe(0, "nothing in these schedules is a reason to end");
        }

        // Only a refusal that meets a doubt is a reason to end, and only then something is given back or stays in doubt.
        outcomes.Keys.ShouldBe(
            intensity > 1 ? Enum.GetValues<RecordOutcome>() : badRecords > 0 ? [RecordOutcome.Delivered, RecordOutcome.Refused] : [RecordOutcome.Delivered],
            ignoreOrder: true);
    }

    private static ProducerRun RunOne(int seed, int intensity, int badRecords)
    {
        var random = new Random(seed);
        var brokers = random.Next(1, 4);
        var partitions = random.Next(1, 5);
        var cluster = new MemoryCluster(random, brokers, Topics, partitions, (short)random.Next(3, 14), (short)random.Next(7, 14));
        cluster.Faults = Draw(random, intensity);
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
