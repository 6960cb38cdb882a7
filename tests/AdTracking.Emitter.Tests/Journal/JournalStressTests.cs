using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using AdTracking.Emitter.Pipeline;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>The running pipeline with its journal and all its threads, over several lives: Kafka and the disk fail at random, some lives
/// end with a kill, and the last one delivers what the others have left.</summary>
public sealed class JournalStressTests(ITestOutputHelper output)
{
    private const int Appenders = 8;
    private const int Partitions = 3;
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(1_200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly MemoryLog _log = new() { NowMs = () => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() };
    private readonly ConcurrentDictionary<string, byte> _accepted = [];
    private readonly ConcurrentDictionary<string, byte> _stored = [];

    [Fact]
    public async Task Lives_OnARealDirectory_KeepWhatTheyPromised()
    {
        using var directory = new TemporaryDirectory("stress");
        await RunAsync(() => new PosixFiles(directory.FullPath), lives: 3);
        Directory.GetFiles(directory.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lives_OnFilesInMemory_KeepWhatTheyPromised()
    {
        var files = new MemoryFiles();
        await RunAsync(() => files, lives: 3);
        files.Entries.ShouldBeEmpty();
        files.OpenHandles.ShouldBe(0);
    }

    private async Task RunAsync(Func<IJournalFiles> openFiles, int lives)
    {
        var seed = Seeds.Next(output);
        for (var life = 0; life < lives; life++)
        {
            await LiveAsync(openFiles(), life, seed + life, isKilled: life % 2 == 0);
        }

        await DeliverAllAsync(openFiles(), seed + lives);

        string[] values = [.. _log.Records.Where(record => record.Topic != EventTopic.Bad).Select(record => record.Value)];
        output.WriteLine($"accepted {_accepted.Count}, told stored {_stored.Count}, in Kafka {values.Length}");
        values.ShouldBeUnique();
        values.Where(value => !_accepted.ContainsKey(value)).ShouldBeEmpty();
        _stored.Keys.Except(values).Where(value => !value.StartsWith("bad ", StringComparison.Ordinal)).ShouldBeEmpty();
        _stored.ShouldNotBeEmpty();
    }

    private async Task LiveAsync(IJournalFiles directory, int life, int seed, bool isKilled)
    {
        var files = new SharedFiles(directory, seed);
        using var broker = new FlakyBroker(_log, Partitions, files, seed);
        var pipeline = await StartAsync(Options(), broker, files);
        Task[] appenders = [.. Enumerable.Range(0, Appenders).Select(i => Task.Run(() => AppendAsync(pipeline, life, i, seed)))];
        if (isKilled)
        {
            await Task.WhenAny(appenders);
            files.IsDead = true;
            broker.EndWithoutReports();
        }
        else
        {
            await Task.WhenAll(appenders);
            broker.IsCalm = true;
        }

        var stats = pipeline.Snapshot();
        await pipeline.DisposeAsync();
        await Task.WhenAll(appenders);
        var journal = stats.Journal.ShouldNotBeNull();
        output.WriteLine(
            $"life {life}: replaced {stats.ProducersReplaced}, spilled {journal.SpilledEvents} in {journal.Spills}, recovered {journal.RecoveredEvents}, "
            + $"struck out {journal.StruckOutEvents}, questionable {journal.QuestionableEvents}, waiting {journal.WaitingEvents}, "
            + $"disk failures {files.Failures}");
        journal.DamagedEvents.ShouldBe(0);
    }

    private async Task DeliverAllAsync(IJournalFiles directory, int seed)
    {
        var files = new SharedFiles(directory, seed);
        using var broker = new FlakyBroker(_log, Partitions, files, seed) { IsCalm = true };
        var options = Options();
        await using var pipeline = await StartAsync(options, broker, files);
        (await pipeline.DrainAsync(Limit)).ShouldBeTrue(string.Join(' ', pipeline.State.Reasons) + pipeline.Snapshot());
        var stats = pipeline.Snapshot();
        stats.Topics.Sum(topic => topic.Accepted - topic.Delivered - topic.Refused - topic.Unknown).ShouldBe(-stats.Journal!.RecoveredEvents);
        (stats.InFlightEvents, stats.InFlightBytes, stats.Waiters, stats.QueueBytes).ShouldBe((0, 0, 0, 0));
        stats.BlocksInUse.ShouldBeLessThanOrEqualTo(options.Lanes);
        (stats.Journal.DamagedEvents, stats.Journal.Problem).ShouldBe((0, null));
        foreach (var cell in options.Ledger.Totals())
        {
            (cell.Waiting, cell[LedgerColumn.WaitingJournal], cell.Lost).ShouldBe((0, 0, 0));
        }
    }

    private Task<EventPipeline> StartAsync(PipelineOptions options, FlakyBroker broker, SharedFiles files) =>
        EventPipeline.StartAsync(options, broker.Connect, () => new MemoryKafkaLog(_log, Partitions), files);

    // Small blocks, so that there are many; a deadline that outages reach.
    private static PipelineOptions Options() => JournalHarness.DefaultOptions() with
    {
        TimeProvider = TimeProvider.System,
        Lanes = 2,
        BlockBytes = 64 * 1024,
        QueueBytesMax = 2 * 1024 * 1024,
        InFlightEventsMax = 512,
        TickMs = 1,
        TickMsMax = 2,
        SyncAfterMs = 10,
        ReconcileAfterMs = 20,
        RequestDeadline = TimeSpan.FromMilliseconds(300),
    };

    private async Task AppendAsync(EventPipeline pipeline, int life, int appender, int seed)
    {
        var random = new Random((seed * Appenders) + appender);
        var group = new GroupBuffer(QueueHarness.Ids);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var start = Stopwatch.GetTimestamp();
        for (var request = 0; Stopwatch.GetElapsedTime(start) < Life; request++)
        {
            string[] values = [.. Enumerable.Range(0, 1 + random.Next(8)).Select(i => Value(random, $"{life}/{appender}/{request}/{i} "))];
            var waiter = pipeline.RentWaiter(values.Length);
            Fill(group, values);
            foreach (var value in values)
            {
                _accepted[value] = 0;
            }

            var admission = pipeline.TryAppend(group, waiter);
            if (admission == Admission.Accepted)
            {
                await AwaitAsync(waiter, values);
            }

            pipeline.Return(waiter);
            if (admission == Admission.Draining)
            {
                return;
            }

            if (admission != Admission.Accepted)
            {
                await pause.WaitForNextTickAsync();
            }
        }
    }

    // Whatever the request as a whole was told: what an event was told is a promise.
    private async Task AwaitAsync(DeliveryWaiter waiter, string[] values)
    {
        await waiter.WaitAsync();
        for (var i = 0; i < values.Length; i++)
        {
            if (waiter.Outcomes[i].Status is EventOutcome.Delivered or EventOutcome.Synced)
            {
                _stored[values[i]] = 0;
            }
        }
    }

    private static string Value(Random random, string name) =>
        (random.Next(400) == 0 ? "bad " : "") + name + new string('x', random.Next(1_500));

    private static void Fill(GroupBuffer group, string[] values)
    {
        group.Clear(QueueHarness.Ids);
        for (var i = 0; i < values.Length; i++)
        {
            group.TryBegin((EventTopic)(i % 3), Encoding.UTF8.GetBytes(values[i][..Math.Min(values[i].Length, 12)]), out var value).ShouldBeTrue();
            group.Commit(Encoding.UTF8.GetBytes(values[i], value));
        }
    }
}
