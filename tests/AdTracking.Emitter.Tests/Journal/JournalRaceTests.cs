using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Queue;
using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Tests;

/// <summary>What other threads do at the wrong moment, brought about without threads.</summary>
public sealed class JournalRaceTests
{
    [Fact]
    public void Round_EventsAcquittedWhileTheirBatchIsRead_AreSentAndNotGivenUp()
    {
        using var bench = new JournalHarness();
        string[] values = [.. Enumerable.Range(0, 25).Select(i => i + new string('x', 60_000))];
        foreach (var value in values)
        {
            bench.Append(value);
        }

        bench.Spill();
        bench.Crash();
        var files = new FaultyFiles(bench.Files);
        bench.Files = files;
        bench.Start();
        bench.Time.Advance(bench.Options.ReconcileAfterMs);
        bench.Reconciler.Step();
        bench.Reconciler.Step();
        var batch = bench.Batches.Next(after: null)!;
        batch.IsIndexed.ShouldBeTrue();

        // The reconciler's thread is in the middle of acquitting the batch, and goes on while the journal's has read its first megabyte.
        batch.ClearInDoubt(values.Length - 1);
        var reads = 0;
        files.BeforeCall = () =>
        {
            if (++reads != 2)
            {
                return;
            }

            while (batch.InDoubt > 0)
            {
                bench.Reconciler.Step();
            }
        };
        bench.Journal.Round();
        files.BeforeCall = null;
        reads.ShouldBeGreaterThanOrEqualTo(2);
        bench.Stats.DamagedEvents.ShouldBe(0);
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Time.Advance(20_000);
        bench.Journal.Round();
        bench.Stats.Segments.ShouldBe(0, "nothing is damaged, nothing is kept");
    }

    [Fact]
    public void Tick_BoundHoldsAndAllThatIsListedHasLeftMemory_NewBlocksWait()
    {
        using var bench = new JournalHarness(JournalHarness.DefaultOptions() with
        {
            InFlightEventsMax = 64,
            BlockBytes = 64 * 1024,
            QueueBytesMax = 1024 * 1024,
        });
        var values = new List<string>();
        for (var i = 0; i < 700; i++)
        {
            bench.Append(Added(values));
        }

        bench.Spill();
        bench.Time.Advance(Shipper.StallAfterMs);
        bench.Core.Shipper.Tick();
        bench.Core.Shipper.Pending.ShouldBe(0, "stalled events that are in the journal leave memory");
        bench.Core.Budget.IsExhausted.ShouldBeTrue();

        // More than memory holds, and Kafka is still silent: all of it can go to the disk.
        for (var i = 0; i < 1_200; i++)
        {
            bench.Append(Added(values));
            if (i % 20 == 19)
            {
                bench.Spill();
            }
        }

        bench.Pool.InUse.ShouldBeLessThan(bench.Pool.Count / 2);
        bench.RunToRest();
        bench.ShouldHold(values);
    }

    [Fact]
    public void Start_TopicHadGrownWhileEventsWereInFlight_LooksForThemInAllPartitions()
    {
        using var bench = new JournalHarness(partitions: 1);
        string[] values = [.. Enumerable.Range(0, 20).Select(i => $"event {i}")];
        bench.Append(values);
        bench.Core.Shipper.Tick();
        bench.Grow(4);
        bench.Spill();
        bench.Producer.Fail(EventTopic.Impression, 0, values.Length, KafkaErrors.NotEnoughReplicas, possiblyPersisted: true, () => true);
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Stats.StruckOutEvents.ShouldBe(values.Length);
    }

    [Fact]
    public void Step_DiskRefusesToReadABatch_ItsSegmentIsKept()
    {
        using var bench = new JournalHarness();
        bench.Append("a");
        bench.Spill();
        bench.Crash();
        var files = new FaultyFiles(bench.Files);
        bench.Files = files;
        bench.Start();
        files.Fail(FileCall.Read, 1, new FileFault(Errno.InputOutput, IsLasting: true));
        bench.RunToRest();
        bench.Time.Advance(20_000);
        bench.Journal.Round();
        bench.Stats.Segments.ShouldBe(1, "what cannot be read now may be readable another time");
    }

    [Fact]
    public async Task StartAsync_NoProducer_LeavesNoFileOpen()
    {
        using var bench = new JournalHarness();
        bench.Append("a");
        bench.Spill();
        bench.Crash();
        var files = (MemoryFiles)bench.Files;
        var before = files.OpenHandles;
        await Should.ThrowAsync<KafkaConfigurationException>(() => EventPipeline.StartAsync(
            bench.Options, () => throw new KafkaConfigurationException(["test"]), () => bench.KafkaLog, files));
        files.OpenHandles.ShouldBe(before);
    }

    private static string Added(List<string> values)
    {
        values.Add($"event {values.Count} {new string('x', 1_000)}");
        return values[^1];
    }
}
