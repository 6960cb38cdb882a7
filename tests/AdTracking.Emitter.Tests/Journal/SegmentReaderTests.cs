using AdTracking.Queue;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>How the reader finds its way through a segment file.</summary>
public sealed class SegmentReaderTests(ITestOutputHelper output)
{
    [Fact]
    public void Scan_ManyBatches_TakesOneReadABatch()
    {
        using var journal = new SampleJournal(Seeds.Random(output), segmentBytes: 4 * 1024 * 1024);
        for (var i = 0; i < 100; i++)
        {
            journal.Add(groups: 8, eventsMax: 10, valueBytesMax: 800);
        }

        using var files = new FaultyFiles(journal.Files);
        journal.Files[journal.Name] = journal.Files[journal.Name][..journal.Segment.Tail];

        SegmentReader.Scan(files, journal.Name).Batches.Count.ShouldBe(100);
        files.Calls.Count(call => call == (FileCall.Read, journal.Name)).ShouldBeLessThanOrEqualTo(102);
        journal.Files.OpenHandles.ShouldBe(2, "the segment's own");
    }

    [Fact]
    public void Scan_SegmentJustCreated_HasNothingAndNoDamage()
    {
        using var journal = new SampleJournal(Seeds.Random(output));
        var content = JournalContent.Read(journal.Files, journal.Name);
        content.IsDamaged.ShouldBeFalse();
        content.Scan.State.ShouldBe(SegmentState.Ok);
        content.Scan.Batches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(16384)]
    public void Scan_CreationCutBeforeItsSync_IsEmpty(int bytes)
    {
        using var files = new MemoryFiles { ["0000000000000001.seg"] = new byte[bytes], ["0000000000000001.notes"] = [] };
        var scan = SegmentReader.Scan(files, "0000000000000001.seg");
        scan.State.ShouldBe(SegmentState.Empty);
        scan.Damage.ShouldBeEmpty();
    }

    [Fact]
    public void Scan_HeadDamaged_TailServes()
    {
        using var journal = ThreeBatches();
        journal.Files[journal.Name][journal.Batches[1].Offset + 60] ^= 4;
        var content = JournalContent.Read(journal.Files, journal.Name);
        AllGroupsShouldBeThere(journal, content);
        content.Scan.Batches.Select(batch => batch.IsHeadDamaged).ShouldBe([false, true, false]);
        content.Scan.Damage.ShouldBe([new(DamageKind.BatchHead, journal.Batches[1].Offset, journal.Batches[1].Header.HeaderBytes)]);
        content.MissingEvents.ShouldBe(0);
    }

    [Fact]
    public void Scan_TailDamaged_IsReported()
    {
        using var journal = ThreeBatches();
        journal.Files[journal.Name][journal.Batches[1].End - 1] ^= 4;
        var content = JournalContent.Read(journal.Files, journal.Name);
        AllGroupsShouldBeThere(journal, content);
        content.Scan.Batches.Select(batch => batch.IsTailMissing).ShouldBe([false, true, false]);
        content.MissingEvents.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Scan_HeadAndTailDamaged_LosesThatBatchAndCountsIt(int which)
    {
        using var journal = ThreeBatches();
        journal.Files[journal.Name][journal.Batches[which].Offset + 60] ^= 4;
        journal.Files[journal.Name][journal.Batches[which].End - 1] ^= 4;
        var content = JournalContent.Read(journal.Files, journal.Name);
        content.Groups.Keys.ShouldBe(journal.Batches.Where((_, index) => index != which).Select(batch => batch.Header.BatchId));
        content.Scan.Damage.ShouldContain(damage => damage.Kind == DamageKind.Batches);
        // Nothing stands behind the last one that could tell how many events it had.
        content.MissingEvents.ShouldBe(which == 2 ? 0 : journal.Batches[which].Header.EventCount);
    }

    [Fact]
    public void Scan_SegmentHeaderDamaged_FindsAllBatches()
    {
        using var journal = ThreeBatches();
        journal.Files[journal.Name][20] ^= 1;
        var content = JournalContent.Read(journal.Files, journal.Name);
        content.Scan.State.ShouldBe(SegmentState.Damaged);
        AllGroupsShouldBeThere(journal, content);
    }

    [Fact]
    public void Scan_NewerSegment_IsLeftAlone()
    {
        using var journal = ThreeBatches();
        var file = journal.Files[journal.Name];
        file[8] = 2;
        BitConverter.TryWriteBytes(file.AsSpan(60), Checksum.Of(0, file.AsSpan(0, 60)));
        using var files = new FaultyFiles(journal.Files);
        byte[] before = [.. file];
        var scan = SegmentReader.Scan(files, journal.Name);
        scan.State.ShouldBe(SegmentState.NewerFormat);
        scan.Batches.ShouldBeEmpty();
        journal.Files[journal.Name].ShouldBe(before);
        files.Calls.Select(call => call.Call).Distinct().Except([FileCall.Open, FileCall.Length, FileCall.Read, FileCall.Close]).ShouldBeEmpty();
    }

    [Fact]
    public void Scan_NewerBatchInASegment_IsNewerFormat()
    {
        using var journal = ThreeBatches();
        var batch = journal.Batches[1];
        var header = journal.Files[journal.Name].AsSpan((int)batch.Offset, batch.Header.HeaderBytes);
        header[16] = 2;
        BitConverter.TryWriteBytes(header[^4..], Checksum.Of(batch.Header.BatchId, header[..^4]));
        SegmentReader.Scan(journal.Files, journal.Name).State.ShouldBe(SegmentState.NewerFormat);
    }

    [Fact]
    public void Scan_BatchesOfAnotherSegmentOrBootBehindTheLast_AreNotTaken()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        journal.Add();
        using var other = new SampleJournal(random, number: 2);
        other.Add();
        using var earlier = new SampleJournal(random);
        var header = earlier.NextHeader();
        header.BootId = new Guid("99999999-0000-0000-0000-000000000001");
        earlier.Add(header, other.Batches[0].Groups);
        var file = journal.Files[journal.Name];
        var at = journal.Segment.Tail;
        other.Files[other.Name].AsSpan(64, other.Batches[0].Header.Bytes).CopyTo(file.AsSpan(at));
        at += other.Batches[0].Header.Bytes;
        earlier.Files[earlier.Name].AsSpan(64, header.Bytes).CopyTo(file.AsSpan(at));

        var content = JournalContent.Read(journal.Files, journal.Name);
        content.Groups.Keys.ShouldBe([journal.Batches[0].Header.BatchId]);
        content.Scan.Damage.Single().Kind.ShouldBe(DamageKind.Batches);
    }

    [Fact]
    public void Scan_EventThatLooksLikeABatch_IsNotTakenForOneWhenTheHeaderIsDamaged()
    {
        var random = Seeds.Random(output);
        using var forger = new SampleJournal(random, number: 1);
        var header = forger.NextHeader();
        header.BootId = Guid.Empty;
        SampleGroup[] forged = [new(0, 0, 0, [new SampleEvent(EventTopic.Click, 0, [1], [6, 6, 6, 6, 6])])];
        var batch = forger.Encode(header, forged).ToArray();
        using var journal = new SampleJournal(random);
        // The value's place in the file is a multiple of eight for one of these keys.
        SampleEvent[] events = [.. Enumerable.Range(1, 8).Select(key => new SampleEvent(EventTopic.Bad, 0, new byte[key], [0, 0, 0, 0, 0, .. batch]))];
        journal.Add(journal.NextHeader(), [new SampleGroup(0, 0, 0, events)]);
        journal.Files[journal.Name][journal.Batches[0].Offset + 30] ^= 1;

        var content = JournalContent.Read(journal.Files, journal.Name);
        content.Groups.Keys.ShouldBe([journal.Batches[0].Header.BatchId]);
        AllGroupsShouldBeThere(journal, content);
    }

    [Fact]
    public void Scan_UnreadablePage_LosesWhatStandsInItAndSaysSo()
    {
        using var journal = ThreeBatches();
        using var files = new FaultyFiles(journal.Files);
        files.Fail(FileCall.Read, 1, new FileFault(Errno.InputOutput)).Fail(FileCall.Read, 2, new FileFault(Errno.InputOutput));
        var scan = SegmentReader.Scan(files, journal.Name);
        scan.HasUnreadable.ShouldBeTrue();
        scan.State.ShouldBe(SegmentState.Damaged);
        scan.Batches.Count.ShouldBeGreaterThan(0);
        scan.Damage.ShouldContain(new JournalDamage(DamageKind.Unreadable, 0, 4096));
    }

    [Fact]
    public void Groups_UnreadablePage_LosesTheGroupsInItAndSaysSo()
    {
        using var journal = new SampleJournal(Seeds.Random(output));
        var batch = journal.Add(groups: 40, valueBytesMax: 500);
        using var files = new FaultyFiles(journal.Files);
        var handle = files.Open(journal.Name, writable: false);
        var reader = new GroupReader(files);
        reader.Begin(handle, batch.Offset, batch.Header);
        files.Fail(FileCall.Read, 1, FileFault.Short).Fail(FileCall.Read, 2, new FileFault(Errno.InputOutput))
            .Fail(FileCall.Read, 3, new FileFault(Errno.InputOutput));
        var read = new List<int>();
        for (var what = reader.Next(); what != GroupRead.End; what = reader.Next())
        {
            if (what == GroupRead.Group)
            {
                read.Add(reader.Number);
            }
        }

        reader.HasUnreadable.ShouldBeTrue();
        reader.Unreadable.Single().Bytes.ShouldBeLessThanOrEqualTo(4096);
        read.ShouldBe(read.Order());
        read.Count.ShouldBeInRange(20, 39);
        reader.MissingEvents.ShouldBe(batch.Groups.Where(group => !read.Contains(group.Number)).Sum(group => group.Events.Count));
    }

    [Theory]
    [InlineData(FileCall.Open)]
    [InlineData(FileCall.Length)]
    public void Scan_FileCannotBeOpened_SaysWhy(FileCall call)
    {
        using var journal = ThreeBatches();
        using var files = new FaultyFiles(journal.Files);
        files.Fail(call, 1, new FileFault(Errno.Access));
        SegmentReader.Scan(files, journal.Name).Error.ShouldBe(-Errno.Access);
        journal.Files.OpenHandles.ShouldBe(2);
    }

    [Fact]
    public void Scan_ShortAndInterruptedReads_FindTheSame()
    {
        using var journal = ThreeBatches();
        for (var time = 1; time < 8; time++)
        {
            using var files = new FaultyFiles(journal.Files);
            files.Fail(FileCall.Read, time, FileFault.Short).Fail(FileCall.Read, time + 1, FileFault.Interrupted)
                .Fail(FileCall.Open, 1, FileFault.Interrupted);
            var content = JournalContent.Read(files, journal.Name);
            content.IsDamaged.ShouldBeFalse();
            AllGroupsShouldBeThere(journal, content);
        }
    }

    private static void AllGroupsShouldBeThere(SampleJournal journal, JournalContent content)
    {
        foreach (var batch in journal.Batches)
        {
            content.Groups[batch.Header.BatchId].ShouldBe(batch.Groups);
        }
    }

    private SampleJournal ThreeBatches()
    {
        var journal = new SampleJournal(Seeds.Random(output));
        for (var i = 0; i < 3; i++)
        {
            journal.Add();
        }

        return journal;
    }
}
