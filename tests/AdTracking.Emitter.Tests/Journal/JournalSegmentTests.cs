using System.Diagnostics;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>Creating, writing, syncing and deleting a segment while every k-th call fails in every way.</summary>
public sealed class JournalSegmentTests(ITestOutputHelper output)
{
    private const string Name = "0000000000000001.seg";
    private const int SegmentBytes = 16 * 1024;
    private const int NoteBytes = 80 * 1024; // so that writing its zeros takes two calls

    public static TheoryData<FileCall, int> Errors()
    {
        var data = new TheoryData<FileCall, int>();
        foreach (var call in (FileCall[])[FileCall.Create, FileCall.Write, FileCall.Allocate, FileCall.Sync, FileCall.SyncDirectory])
        {
            foreach (var error in (int[])[Errno.InputOutput, Errno.NoSpace, Errno.Quota, Errno.ReadOnly])
            {
                data.Add(call, error);
            }
        }

        return data;
    }

    [Fact]
    public void Create_NothingFails_SyncsFilesBeforeTheDirectory()
    {
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        var segment = Create(files, out _)!;
        (segment.Number, segment.Bytes, segment.Tail, segment.Room).ShouldBe((1, SegmentBytes, 64, SegmentBytes - 64));
        (inner[Name].Length, inner["0000000000000001.notes"].Length).ShouldBe((SegmentBytes, NoteBytes));
        files.Calls[^1].Call.ShouldBe(FileCall.SyncDirectory);
        files.Calls.Count(call => call.Call == FileCall.Sync).ShouldBe(2);
        inner.Entries.Values.ShouldAllBe(file => file.Dirty.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Create_KthCallFails_LeavesNothingBehind(FileCall call, int error)
    {
        var times = CallsOfACreate(call);
        times.ShouldBeGreaterThan(0);
        for (var time = 1; time <= times; time++)
        {
            using var inner = new MemoryFiles();
            using var files = new FaultyFiles(inner);
            files.Fail(call, time, new FileFault(error, IsTorn: true));
            Create(files, out var reported).ShouldBeNull();
            reported.ShouldBe(-error);
            inner.Entries.ShouldBeEmpty();
            inner.OpenHandles.ShouldBe(0);
            Create(files, out _).ShouldNotBeNull("the same number can be tried again");
        }
    }

    [Theory]
    [InlineData(FileCall.Create)]
    [InlineData(FileCall.Write)]
    [InlineData(FileCall.Allocate)]
    [InlineData(FileCall.Sync)]
    [InlineData(FileCall.SyncDirectory)]
    public void Create_KthCallInterrupted_IsMadeAgain(FileCall call)
    {
        for (var time = 1; time <= CallsOfACreate(call); time++)
        {
            using var inner = new MemoryFiles();
            using var files = new FaultyFiles(inner);
            files.Fail(call, time, FileFault.Interrupted);
            Create(files, out _).ShouldNotBeNull();
            SegmentReader.Scan(inner, Name).State.ShouldBe(SegmentState.Ok);
        }
    }

    [Fact]
    public void Create_ShortWrites_AreWrittenOn()
    {
        for (var time = 1; time <= CallsOfACreate(FileCall.Write); time++)
        {
            using var inner = new MemoryFiles();
            using var files = new FaultyFiles(inner);
            files.Fail(FileCall.Write, time, FileFault.Short);
            Create(files, out _).ShouldNotBeNull();
            SegmentReader.Scan(inner, Name).State.ShouldBe(SegmentState.Ok);
            inner["0000000000000001.notes"].Length.ShouldBe(NoteBytes);
        }
    }

    [Fact]
    public void Create_FileSystemThatCannotAllocate_GetsZerosInstead()
    {
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        files.Fail(FileCall.Allocate, 1, new FileFault(Errno.NotSupported));
        Create(files, out _).ShouldNotBeNull();
        inner[Name].Length.ShouldBe(SegmentBytes);
    }

    [Fact]
    public void Create_PowerCutBeforeAnyCall_LeavesNothingThatLooksDamaged()
    {
        var random = Seeds.Random(output);
        for (var round = 0; round < 50; round++)
        {
            using var inner = new MemoryFiles();
            using var files = new FaultyFiles(inner);
            files.BeforeCall = () =>
            {
                var scan = SegmentReader.Scan(inner.AfterCrash(random), Name);
                if (scan.Error == 0)
                {
                    (scan.State is SegmentState.Ok or SegmentState.Empty && scan.Batches.Count == 0 && scan.Damage.Count == 0).ShouldBeTrue();
                }
                else
                {
                    scan.Error.ShouldBe(-Errno.NoEntry);
                }
            };
            Create(files, out _).ShouldNotBeNull();
            SegmentReader.Scan(inner.AfterCrash(random), Name).State.ShouldBe(SegmentState.Ok);
        }
    }

    [Fact]
    public void Create_FileThatExists_IsNotTouched()
    {
        using var files = new MemoryFiles { [Name] = [1, 2, 3] };
        Create(files, out var error).ShouldBeNull();
        error.ShouldBe(-Errno.Exists);
        files.Entries.Keys.ShouldBe([Name]);
        files[Name].ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(NoteBytes)]
    [InlineData(NoteBytes + 1024)]
    public void Create_DiskFull_LeavesNothingBehind(int bytesMax)
    {
        using var files = new MemoryFiles { BytesMax = bytesMax };
        Create(files, out var error).ShouldBeNull();
        Errno.IsFull(error).ShouldBeTrue();
        files.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_Fails_EndsTheSegmentForGood(bool torn)
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        var segment = Create(files, out _)!;
        var batch = NextBatch(sample, segment);
        files.Fail(FileCall.Write, 1, new FileFault(Errno.InputOutput, torn));
        segment.Write(batch, out _).ShouldBe(-Errno.InputOutput);
        (segment.IsFailed, segment.Room, segment.BatchCount).ShouldBe((true, 0, 0));
        var syncs = files.Count(FileCall.Sync);
        Should.Throw<UnreachableException>(() => segment.Write(batch, out _));
        Should.Throw<UnreachableException>(() => segment.Sync());
        files.Count(FileCall.Sync).ShouldBe(syncs, "a failed file is never synced again");
    }

    [Fact]
    public void Write_ShortAndInterrupted_IsWrittenOn()
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        var segment = Create(files, out _)!;
        files.Fail(FileCall.Write, 1, FileFault.Short).Fail(FileCall.Write, 2, FileFault.Interrupted).Fail(FileCall.Write, 3, FileFault.Short);
        segment.Write(NextBatch(sample, segment), out var offset).ShouldBe(0);
        offset.ShouldBe(64);
        segment.Write(NextBatch(sample, segment), out offset).ShouldBe(0);
        var content = JournalContent.Read(inner, Name);
        content.IsDamaged.ShouldBeFalse();
        content.Scan.Batches.Select(batch => batch.Offset).ShouldBe([64, offset]);
        content.Scan.EventCount.ShouldBe(segment.EventsWritten);
    }

    [Fact]
    public void Write_FileSystemThatWritesNothing_IsAnError()
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        var segment = Create(files, out _)!;
        files.Fail(FileCall.Write, 1, new FileFault(Errno.NoSpace));
        Errno.IsFull(segment.Write(NextBatch(sample, segment), out _)).ShouldBeTrue();
    }

    [Fact]
    public void Write_BatchPlacedElsewhere_IsRefused()
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        var segment = sample.Segment;
        var batch = NextBatch(sample, segment);
        segment.Write(batch, out _).ShouldBe(0);
        Should.Throw<UnreachableException>(() => segment.Write(batch, out _)).Message.ShouldContain("placed");
    }

    [Fact]
    public void Sync_Fails_IsNeverTriedAgain()
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        var segment = Create(files, out _)!;
        segment.Write(NextBatch(sample, segment), out _).ShouldBe(0);
        files.Fail(FileCall.Sync, 1, FileFault.Interrupted).Fail(FileCall.Sync, 2, new FileFault(Errno.InputOutput));
        var syncs = files.Count(FileCall.Sync);
        segment.Sync().ShouldBe(-Errno.InputOutput);
        segment.IsFailed.ShouldBeTrue();
        Should.Throw<UnreachableException>(() => segment.Sync());
        Should.Throw<UnreachableException>(() => segment.Write(new byte[8], out _));
        files.Count(FileCall.Sync).ShouldBe(syncs + 2);
        segment.Delete().ShouldBe(0);
        inner.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void Sync_AfterAWrite_LeavesNothingToAPowerCut()
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        sample.Add();
        sample.Segment.Sync().ShouldBe(0);
        var after = sample.Files.AfterCrash(new Random(1));
        after[sample.Name].ShouldBe(sample.Files[sample.Name]);
    }

    [Fact]
    public void Delete_KthCallFails_CanBeCalledAgain()
    {
        for (var time = 1; time <= 2; time++)
        {
            using var inner = new MemoryFiles();
            using var files = new FaultyFiles(inner);
            var segment = Create(files, out _)!;
            files.Fail(FileCall.Delete, time, new FileFault(Errno.InputOutput));
            segment.Delete().ShouldBe(-Errno.InputOutput);
            inner.Entries.ContainsKey("0000000000000001.notes").ShouldBeTrue("the segment goes before its notes");
            segment.Delete().ShouldBe(0);
            inner.Entries.ShouldBeEmpty();
            inner.OpenHandles.ShouldBe(0);
        }
    }

    [Fact]
    public void Open_CallFails_LeavesNoHandle()
    {
        using var sample = new SampleJournal(Seeds.Random(output));
        sample.Segment.Close();
        var scan = SegmentReader.Scan(sample.Files, sample.Name);
        for (var time = 1; time <= 2; time++)
        {
            using var files = new FaultyFiles(sample.Files);
            files.Fail(FileCall.Open, time, new FileFault(Errno.Access));
            JournalSegment.Open(files, scan, out var error).ShouldBeNull();
            error.ShouldBe(-Errno.Access);
            sample.Files.OpenHandles.ShouldBe(0);
        }
    }

    private static JournalSegment? Create(IJournalFiles files, out int error) =>
        JournalSegment.Create(files, 1, SegmentBytes, NoteBytes, SampleJournal.BootId, out error);

    private static int CallsOfACreate(FileCall call)
    {
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        Create(files, out _).ShouldNotBeNull();
        return files.Count(call);
    }

    private static byte[] NextBatch(SampleJournal sample, JournalSegment segment)
    {
        var header = sample.NextHeader();
        header.PlaceIn(segment);
        return sample.Encode(header, [new(0, 0, 1, [SampleEvent.Random(new Random(segment.BatchCount), 600)])]).ToArray();
    }
}
