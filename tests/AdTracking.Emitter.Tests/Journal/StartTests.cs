using AdTracking.Emitter.Pipeline;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>A start waits for a few bytes of each file that is left; the rest is read while events are taken already.</summary>
public sealed class StartTests
{
    private const int Segments = 3;
    private const int AllReads = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Start_FilesAreNotReadYet_TakesEventsAndKnowsHowFullItIs()
    {
        using var bench = new JournalHarness();
        var values = Leave(bench, segments: 4);
        var bytes = bench.Stats.Bytes;
        bench.Crash();
        bench.Start(recovered: false);
        bench.Stats.Bytes.ShouldBe(bytes);
        bench.Stats.Segments.ShouldBe(4);
        bench.Stats.UnreadSegments.ShouldBe(4);
        bench.Journal.IsEmpty.ShouldBeFalse();
        bench.Journal.IsIdle.ShouldBeFalse();

        bench.Append("live");
        bench.Step();
        bench.ShouldHold("live");
        bench.Append("spilled meanwhile");
        bench.Spill();
        bench.Stats.WaitingEvents.ShouldBe(0, "it is in memory as well");

        bench.Recover();
        bench.Stats.UnreadSegments.ShouldBe(0);
        bench.Stats.WaitingEvents.ShouldBe(values.Count);
        bench.Batches.Next(null)!.Places[0].Segment.File.Number.ShouldBe(1, "the oldest first, though others were spilled before");
        bench.RunToRest();
        bench.ShouldHold([.. values, "live", "spilled meanwhile"]);
    }

    [Fact]
    public void Start_KilledBeforeTheFilesAreRead_TheNextOneFindsBoth()
    {
        using var bench = new JournalHarness();
        var values = Leave(bench, segments: 2);
        bench.Crash();
        bench.Start(recovered: false);
        bench.Append("meanwhile");
        bench.Spill();
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold([.. values, "meanwhile"]);
    }

    [Fact]
    public void Start_JournalIsFull_RefusesBeforeTheFilesAreRead()
    {
        using var bench = new JournalHarness(JournalHarness.DefaultOptions() with { JournalBytesMax = 2 * ((2 * 1024 * 1024) + (128 * 1024)) });
        Leave(bench, segments: 2);
        bench.Crash();
        bench.Start(recovered: false);
        bench.Append("one more");
        bench.Spill();
        bench.Core.JournalBlocks!.IsBlocked.ShouldBeTrue();
        bench.Stats.Problem!.ShouldContain("JournalBytesMax");
    }

    [Fact]
    public void Start_FirstBatchIsOfANewerFormat_RefusesAndTouchesNothing()
    {
        using var bench = new JournalHarness();
        Leave(bench, segments: 2);
        bench.Crash();
        var files = (MemoryFiles)bench.Files;
        MakeNewer(files, JournalFormat.SegmentName(2), batch: 0);
        var before = files.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Bytes.ToArray());
        Should.Throw<JournalException>(() => bench.Start()).Message.ShouldContain("newer version");
        files.Entries.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        foreach ((var name, var bytes) in before)
        {
            files[name].ShouldBe(bytes);
        }
    }

    [Fact]
    public void Start_LaterBatchIsOfANewerFormat_ItsSegmentIsLeftAlone()
    {
        using var bench = new JournalHarness();
        var values = Leave(bench, segments: 2);
        Spill(bench, values); // the second segment's second batch
        bench.Crash();
        var files = (MemoryFiles)bench.Files;
        MakeNewer(files, JournalFormat.SegmentName(2), batch: 1);
        byte[] before = [.. files[JournalFormat.SegmentName(2)]];
        bench.Start();
        bench.Journal.Found.Damage.ShouldHaveSingleItem().ShouldContain("newer version");
        bench.RunToRest();
        bench.ShouldHold(values[..^2]);
        files[JournalFormat.SegmentName(2)].ShouldBe(before);
        bench.Stats.Segments.ShouldBeGreaterThanOrEqualTo(1, "it stays counted");
    }

    [Fact]
    public async Task Start_DiskAnswersSlowly_IsReadyAndSaysWhatItReads()
    {
        using var folder = new TemporaryDirectory("start");
        using var left = Leave(folder, out var values, out var files);
        await using (var pipeline = await StartAsync(left, files))
        {
            await Poll.UntilAsync(() => pipeline.State.Reasons.Count == 1, Limit, () => string.Join("; ", pipeline.State.Reasons));
            pipeline.State.Ready.ShouldBeTrue();
            pipeline.State.Reasons[0].ShouldBe("The journal of the run before is being read: 3 of 3 files are left.");
            pipeline.Snapshot().Journal!.UnreadSegments.ShouldBe(3);
            await Poll.UntilAsync(() => Append(pipeline, "live"), Limit, () => "not taken");
            await Poll.UntilAsync(() => left.Log.Records.Count == 1, Limit, () => "not in Kafka");

            files.Answer(AllReads);
            await Poll.UntilAsync(() => left.Log.Records.Count == values.Count + 1, Limit, () => pipeline.Snapshot().ToString());
            await Poll.UntilAsync(() => pipeline.State.Reasons.Count == 0, Limit, () => string.Join("; ", pipeline.State.Reasons));
        }

        left.ShouldHold([.. values, "live"]);
    }

    [Fact]
    public async Task Stop_WhileFilesAreRead_ChangesNothingOfThem()
    {
        using var folder = new TemporaryDirectory("start");
        using var left = Leave(folder, out var values, out var files);
        var pipeline = await StartAsync(left, files);
        (await pipeline.DrainAsync(TimeSpan.FromMilliseconds(50))).ShouldBeFalse("what is not read yet has no outcome");
        // The end waits for the disk, and this test's own thread is the disk.
        var end = Task.Run(() => pipeline.DisposeAsync().AsTask());
        await Poll.UntilAsync(AnswerAndAsk, Limit, () => $"{files.Reads} reads");
        await end;
        files.Reads.ShouldBeLessThan(values.Count / 2, "it does not read to the end first");
        left.Log.Records.ShouldBeEmpty();
        Directory.GetFiles(folder.FullPath, "*.seg").Length.ShouldBe(3);

        left.Files = new PosixFiles(folder.FullPath);
        left.Start();
        left.RunToRest();
        left.ShouldHold(values);

        bool AnswerAndAsk()
        {
            files.Answer(1); // a call that the disk never answers would keep any process
            return end.IsCompleted;
        }
    }

    [Fact]
    public async Task Start_HostIsNotUpYet_ReadsWhatWasLeftAfterIt()
    {
        using var folder = new TemporaryDirectory("start");
        using var left = Leave(folder, out var values, out var files);
        files.Answer(AllReads);
        var hostIsUp = new TaskCompletionSource();
        await using (var pipeline = await StartAsync(left, files, hostIsUp.Task))
        {
            await Poll.UntilAsync(() => Append(pipeline, "live"), Limit, () => "not taken");
            await Poll.UntilAsync(() => left.Log.Records.Count == 1, Limit, () => "not in Kafka");
            pipeline.Snapshot().Journal!.UnreadSegments.ShouldBe(Segments);
            files.Reads.ShouldBe(Segments, "the beginnings");

            hostIsUp.SetResult();
            await Poll.UntilAsync(() => left.Log.Records.Count == values.Count + 1, Limit, () => pipeline.Snapshot().ToString());
        }

        left.ShouldHold([.. values, "live"]);
    }

    [Fact]
    public async Task Stop_HostNeverCameUp_EndsAndChangesNothing()
    {
        using var folder = new TemporaryDirectory("start");
        using var left = Leave(folder, out var values, out var files);
        files.Answer(AllReads);
        var pipeline = await StartAsync(left, files, recoverAfter: new TaskCompletionSource().Task);
        await pipeline.DisposeAsync().AsTask().WaitAsync(Limit);
        files.Reads.ShouldBe(Segments, "the beginnings");

        left.Files = new PosixFiles(folder.FullPath);
        left.Start();
        left.RunToRest();
        left.ShouldHold(values);
    }

    [Fact]
    public async Task Start_FirstBatchNamesNoCluster_NothingIsSentBeforeAllAreRead()
    {
        using var folder = new TemporaryDirectory("start");
        using var left = Leave(folder, out _, out var files, cluster: "another");
        await using var pipeline = await StartAsync(left, files, recoverAfter: new TaskCompletionSource().Task);
        await UntilReasonAsync(pipeline, "may name the cluster");
        Append(pipeline, "live").ShouldBeTrue("the journal takes it");

        files.Answer(AllReads);
        await UntilReasonAsync(pipeline, "cluster memory, and what is kept here is for cluster another");
        pipeline.State.Ready.ShouldBeFalse();
        left.Log.Records.ShouldBeEmpty();
    }

    private static Task UntilReasonAsync(EventPipeline pipeline, string words) => Poll.UntilAsync(
        () => pipeline.State.Reasons.Any(reason => reason.Contains(words, StringComparison.Ordinal)),
        Limit,
        () => string.Join("; ", pipeline.State.Reasons));

    private static List<string> Leave(JournalHarness bench, int segments)
    {
        var values = new List<string>();
        while (bench.Stats.Segments < segments)
        {
            Spill(bench, values);
        }

        return values;
    }

    // Gives a batch's header the next version, and the checksum for it.
    private static void MakeNewer(MemoryFiles files, string name, int batch)
    {
        var found = SegmentReader.Scan(files, name).Batches[batch];
        var header = files[name].AsSpan((int)found.Offset, found.Header.HeaderBytes);
        header[16]++;
        BitConverter.TryWriteBytes(header[^4..], Checksum.Of(found.Header.BatchId, header[..^4]));
    }

    // Three segments on a real disk, whose first batches name the cluster only if it is Kafka's; then it answers what a start must read.
    private static JournalHarness Leave(TemporaryDirectory folder, out List<string> values, out SlowFiles files, string? cluster = null)
    {
        var bench = new JournalHarness { Files = new PosixFiles(folder.FullPath) };
        bench.Crash();
        bench.Start(known: cluster is null);
        values = [];
        for (var i = 1; i <= Segments; i++)
        {
            while (bench.Stats.Segments < i)
            {
                Spill(bench, values);
            }
        }

        if (cluster is not null)
        {
            bench.Journal.SetCluster(cluster);
        }

        Spill(bench, values);
        bench.Crash();
        files = new SlowFiles(bench.Files, reads: Segments);
        return bench;
    }

    private static void Spill(JournalHarness bench, List<string> values)
    {
        values.Add($"event {values.Count}".PadRight(20_000, 'x'));
        bench.Append(values[^1]);
        bench.Spill();
    }

    private static Task<EventPipeline> StartAsync(JournalHarness left, IJournalFiles files, Task? recoverAfter = null) => EventPipeline.StartAsync(
        left.Options with
        {
            TimeProvider = TimeProvider.System,
            ReconcileAfterMs = 0,
            StartWait = TimeSpan.Zero,
            RecoverAfter = recoverAfter ?? Task.CompletedTask,
        },
        () => new MemoryProducer(left.Partitions, left.Log) { Immediate = true },
        () => left.KafkaLog,
        files);

    private static bool Append(EventPipeline pipeline, string value)
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Impression, "key"u8, out var span).ShouldBeTrue();
        group.Commit(System.Text.Encoding.UTF8.GetBytes(value, span));
        return pipeline.TryAppend(group, null) == Admission.Accepted;
    }
}
