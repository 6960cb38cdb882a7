using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>The running pipeline with real threads and a producer in memory that fails and dies at random.</summary>
public sealed class PipelineStressTests(ITestOutputHelper output)
{
    private const int Appenders = 4;
    private const int RequestsEach = 400;

    /// <summary>Dice alone let the producer live through some runs; a test of its death needs one.</summary>
    private const int SureDeathTurn = 50;

    [Fact]
    public async Task TryAppend_ManyThreadsAndAFailingProducer_KeepsTheAccount()
    {
        var seed = Seeds.Next(output);
        var log = new MemoryLog();
        using var stop = new CancellationTokenSource();
        var options = QueueHarness.Options() with { TimeProvider = TimeProvider.System, TickMs = 1, TickMsMax = 2 };
        MemoryProducer? current = null;
        await using var pipeline = await EventPipeline.StartAsync(options, () => current = new MemoryProducer(3, log));
        var broker = new Thread(() => PlayBroker(new Random(seed), () => current!, stop.Token));
        broker.Start();

        var accepted = new int[Appenders];
        var told = new long[LedgerColumns.Count];
        await Task.WhenAll(Enumerable.Range(0, Appenders).Select(i => Task.Run(() => AppendAsync(pipeline, i, seed, accepted, told))));
        var drained = await pipeline.DrainAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        broker.Join();

        drained.ShouldBeTrue();
        var stats = pipeline.Snapshot();
        output.WriteLine($"replaced {stats.ProducersReplaced}, unknown {stats.Topics.Sum(topic => topic.Unknown)}, told {string.Join('/', told)}");
        stats.Topics.Sum(topic => topic.Accepted).ShouldBe(accepted.Sum());
        stats.Topics.Sum(topic => topic.Waiting).ShouldBe(0);
        stats.InFlightEvents.ShouldBe(0);
        stats.Waiters.ShouldBe(0);
        stats.ProducersReplaced.ShouldBeGreaterThan(0);
        var delivered = stats.Topics.Sum(topic => topic.Delivered);
        log.Records.Select(record => record.Value).Distinct(StringComparer.Ordinal).Count().ShouldBe(log.Records.Count, "nothing twice");
        ((long)log.Records.Count).ShouldBeInRange(delivered, delivered + stats.Topics.Sum(topic => topic.Unknown));
    }

    private static async Task AppendAsync(EventPipeline pipeline, int appender, int seed, int[] accepted, long[] told)
    {
        var random = new Random(seed + appender + 1);
        for (var request = 0; request < RequestsEach; request++)
        {
            var count = 1 + random.Next(8);
            var waiter = pipeline.RentWaiter(count);
            if (Append(pipeline, waiter, appender, request, count) != Admission.Accepted)
            {
                pipeline.Return(waiter);
                continue;
            }

            accepted[appender] += count;
            var outcome = await waiter.WaitAsync();
            if (outcome is WaitOutcome.Stored or WaitOutcome.SomeFailed)
            {
                for (var i = 0; i < count; i++)
                {
                    Interlocked.Increment(ref told[(int)waiter.Outcomes[i].Status]);
                }
            }

            pipeline.Return(waiter);
        }
    }

    private static Admission Append(EventPipeline pipeline, DeliveryWaiter waiter, int appender, int request, int count)
    {
        var group = pipeline.BeginGroup();
        for (var i = 0; i < count; i++)
        {
            group.TryBegin((EventTopic)(i % 3), Encoding.UTF8.GetBytes($"key-{request % 97}"), out var value).ShouldBeTrue();
            group.Commit(Encoding.UTF8.GetBytes($"{appender}/{request}/{i}", value));
        }

        return pipeline.TryAppend(group, waiter);
    }

    private static void PlayBroker(Random random, Func<MemoryProducer> producer, CancellationToken stop)
    {
        var turns = 0;
        while (!stop.IsCancellationRequested)
        {
            foreach ((var topic, var partition) in producer().HoldingPartitions)
            {
                var dice = random.Next(1_000);
                if (dice < 20)
                {
                    producer().Fail(topic, partition, 1 + random.Next(10), KafkaErrors.NotEnoughReplicas, false, () => false);
                }
                else if (dice < 24)
                {
                    producer().Fail(topic, partition, 1 + random.Next(10), KafkaErrors.NotEnoughReplicas, true, () => random.Next(2) == 0);
                }
                else if (dice < 25 || turns++ == SureDeathTurn)
                {
                    producer().Die("test");
                }
                else
                {
                    producer().Answer(topic, partition, 1 + random.Next(200));
                }
            }

            Thread.Yield();
        }
    }
}
