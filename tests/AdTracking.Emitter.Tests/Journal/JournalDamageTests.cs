using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>What disks do to a journal, seen from the whole of it: spilling, recovery, settling, sending.</summary>
public sealed class JournalDamageTests
{
    [Fact]
    public void Start_HeaderHitByABitFlip_ItsCopyServes()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b");
        bench.Spill();
        SegmentBytes(bench)[JournalFormat.SegmentHeaderBytes + 20] ^= 0x10;
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a", "b");
        bench.Stats.DamagedEvents.ShouldBe(0);
        bench.Journal.Found.Damage.ShouldHaveSingleItem().ShouldContain("BatchHead");
    }

    [Fact]
    public void Start_GroupHitByABitFlip_OnlyItIsLostAndCounted()
    {
        using var bench = new JournalHarness();
        bench.Append("a");
        bench.Append("the group that is hit");
        bench.Append("c");
        bench.Spill();
        var bytes = SegmentBytes(bench);
        bytes[bytes.IndexOf("the group"u8)] ^= 1;
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a", "c");
        bench.Stats.DamagedEvents.ShouldBe(1);
        bench.Stats.WaitingEvents.ShouldBe(0);
    }

    [Fact]
    public void Start_TornBatch_WhatWasSyncedBeforeIsThere()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b");
        bench.Spill();
        var files = new FaultyFiles(bench.Files).Fail(FileCall.Write, FirstBatchWrite, new FileFault(Errno.InputOutput, IsTorn: true));
        bench.Crash();
        var whole = bench.Files;
        bench.Files = files;
        bench.Start();
        var torn = bench.Append("torn");
        bench.Spill();
        torn.OutcomeNow().ShouldBeNull();
        bench.Crash();
        bench.Files = whole;
        bench.Start();
        bench.RunToRest();
        bench.Log.Records.Select(record => record.Value).Where(value => value != "torn").Order().ShouldBe(["a", "b"]);
        bench.Stats.DamagedEvents.ShouldBe(0, "nobody was promised what a cut write lacks");
    }

    [Fact]
    public void Round_SyncFails_IsWrittenAnewElsewhereAndStandsOnceAfterACrash()
    {
        using var bench = new JournalHarness();
        var whole = bench.Files;
        bench.Files = new FaultyFiles(whole).Fail(FileCall.Sync, SyncOfFirstBatch, new FileFault(Errno.InputOutput));
        bench.Crash();
        bench.Start();
        var waiter = bench.Append("a", "b");
        bench.Spill();
        waiter.OutcomeNow().ShouldBeNull("a failed sync completes nobody");
        bench.Time.Advance(1_000);
        bench.Journal.Round();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.Stored);
        ((MemoryFiles)whole).Entries.Keys.ShouldContain(JournalFormat.SegmentName(2), "a failed file takes no more");
        bench.Crash();
        bench.Files = whole;
        bench.Start();
        bench.Stats.WaitingEvents.ShouldBe(2);
        bench.RunToRest();
        bench.ShouldHold("a", "b");
        bench.Stats.RecoveredEvents.ShouldBe(2);
    }

    [Fact]
    public void Round_SyncOfAWaitingBatchFails_ItsBlocksGoOnAfterANote()
    {
        using var bench = new JournalHarness();
        var whole = bench.Files;
        var files = new FaultyFiles(whole);
        bench.Files = files;
        bench.Crash();
        bench.Start();
        var values = new List<string>();
        for (var i = 0; i < 1_000; i++)
        {
            bench.Append(Added(values, $"shipping {i}"));
        }

        bench.Core.Shipper.Tick();
        bench.Time.Advance(60);
        bench.Core.Shipper.Tick(); // held: new blocks wait
        for (var i = 0; i < 100; i++)
        {
            bench.Append(Added(values, $"waiting {i}"));
        }

        bench.Core.Shipper.Tick();
        files.Fail(FileCall.Sync, SyncOfFirstBatch, new FileFault(Errno.InputOutput));
        bench.Spill();
        bench.Stats.Errors.ShouldBeGreaterThan(0);
        bench.Stats.WaitingEvents.ShouldBe(0, "nothing leaves memory on the strength of a failed sync");
        for (var i = 0; i < 10; i++)
        {
            bench.Step();
        }

        bench.Producer.AnswerAll();
        bench.Crash();
        bench.Files = whole;
        bench.Start();
        bench.RunToRest();
        bench.Log.Records.Select(record => record.Value).ShouldBeUnique();
        bench.Log.Records.Select(record => record.Value).ShouldBeSubsetOf(values);
    }

    [Fact]
    public void Start_SegmentJustCreated_IsEmptyAndGoes()
    {
        using var bench = new JournalHarness();
        ((MemoryFiles)bench.Files)[JournalFormat.SegmentName(5)] = new byte[4096];
        bench.Crash();
        bench.Start();
        bench.Stats.WaitingEvents.ShouldBe(0);
        bench.Journal.Found.Damage.ShouldAllBe(text => text.Contains("Notes", StringComparison.Ordinal));
        bench.Journal.Round();
        bench.Stats.Segments.ShouldBe(0);
        bench.Append("a");
        bench.Spill();
        ((MemoryFiles)bench.Files).Entries.Keys.ShouldContain(JournalFormat.SegmentName(6), "numbers are never used again");
        bench.RunToRest();
        bench.ShouldHold("a");
    }

    [Fact]
    public void Start_NewerFormat_RefusesAndTouchesNothing()
    {
        using var bench = new JournalHarness();
        bench.Append("a");
        bench.Spill();
        bench.Crash();
        var files = (MemoryFiles)bench.Files;
        byte[] segment = [.. SegmentBytes(bench)];
        segment[8] = JournalFormat.Version + 1;
        BitConverter.TryWriteBytes(segment.AsSpan(60), Checksum.Of(0, segment.AsSpan(0, 60)));
        files[JournalFormat.SegmentName(9)] = segment;
        var before = files.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Bytes.ToArray());
        Should.Throw<JournalException>(() => bench.Start()).Message.ShouldContain("newer version");
        files.Entries.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        foreach ((var name, var bytes) in before)
        {
            files[name].ShouldBe(bytes);
        }

        files.Entries.Remove(JournalFormat.SegmentName(9));
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a");
    }

    [Theory]
    [InlineData(FileCall.Create)]
    [InlineData(FileCall.Allocate)]
    [InlineData(FileCall.Write)]
    [InlineData(FileCall.Sync)]
    [InlineData(FileCall.SyncDirectory)]
    public void Round_EveryKthCallFails_NothingIsLostOrDoubled(FileCall call)
    {
        var errors = 0;
        foreach (var fault in new[] { new FileFault(Errno.NoSpace), new FileFault(Errno.InputOutput, IsTorn: true), FileFault.Interrupted })
        {
            for (var time = 1; time <= 6; time++)
            {
                errors += RunWithFault(call, time, fault);
            }
        }

        errors.ShouldBeGreaterThan(0, "a call that never fails shows nothing");
    }

    [Fact]
    public void Round_DeletingFails_IsDoneLater()
    {
        using var bench = new JournalHarness();
        var whole = bench.Files;
        bench.Files = new FaultyFiles(whole).Fail(FileCall.Delete, 1, new FileFault(Errno.InputOutput));
        bench.Crash();
        bench.Start();
        bench.Append("a");
        bench.Spill();
        bench.RunToRest();
        bench.Time.Advance(20_000);
        bench.Journal.Round();
        bench.Stats.Segments.ShouldBe(1);
        bench.Stats.Errors.ShouldBe(1);
        bench.Journal.Round();
        ((MemoryFiles)whole).Entries.ShouldBeEmpty();
    }

    // The header of a segment, its notes' zeros in 64 KiB pieces, then the batch.
    private const int FirstBatchWrite = 1 + (2 * 1024 * 1024 / 16 / (64 * 1024)) + 1;

    // The side file, the segment, then the batch.
    private const int SyncOfFirstBatch = 3;

    private static int RunWithFault(FileCall call, int time, FileFault fault)
    {
        using var bench = new JournalHarness();
        var whole = bench.Files;
        bench.Files = new FaultyFiles(whole).Fail(call, time, fault);
        bench.Crash();
        bench.Start();
        var promised = new List<string>();
        var others = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var waiter = bench.Append($"{i} a", $"{i} b");
            bench.Spill();
            bench.Time.Advance(600);
            bench.Journal.Round();
            (waiter.OutcomeNow() == WaitOutcome.Stored ? promised : others).AddRange([$"{i} a", $"{i} b"]);
            if (i == 3)
            {
                bench.Producer.AnswerAll();
            }
        }

        var errors = (int)bench.Stats.Errors;
        bench.Producer.AnswerAll();
        bench.Crash();
        bench.Files = whole;
        bench.Start();
        bench.RunToRest();
        string[] held = [.. bench.Log.Records.Select(record => record.Value)];
        held.ShouldBeUnique();
        promised.ShouldBeSubsetOf(held);
        held.ShouldBeSubsetOf(promised.Concat(others));
        return errors;
    }

    private static string Added(List<string> values, string value)
    {
        values.Add(value);
        return value;
    }

    private static Span<byte> SegmentBytes(JournalHarness bench)
    {
        var files = (MemoryFiles)bench.Files;
        return files[files.Entries.Keys.Single(name => name.EndsWith(".seg", StringComparison.Ordinal))];
    }
}
