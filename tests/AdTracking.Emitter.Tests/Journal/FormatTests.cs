using AdTracking.Queue;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>What is written is what is read.</summary>
public sealed class FormatTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_RandomJournals_IsWhatWasWritten()
    {
        var random = Seeds.Random(output);
        for (var round = 0; round < 50; round++)
        {
            using var journal = new SampleJournal(random, segmentBytes: 1024 * 1024);
            var batches = random.Next(1, 10);
            for (var i = 0; i < batches; i++)
            {
                journal.Add(random.Next(1, 20), 8, random.Next(2000), (BlockKind)random.Next(2));
            }

            var content = JournalContent.Read(journal.Files, journal.Name);
            content.IsDamaged.ShouldBeFalse();
            content.Scan.State.ShouldBe(SegmentState.Ok);
            content.Scan.Header.ShouldBe(new SegmentHeader(1, 1024 * 1024, SampleJournal.BootId, 1_700_000_000_000));
            content.Scan.EventCount.ShouldBe(journal.EventCount);
            content.Scan.BatchesEnd.ShouldBe(journal.Segment.Tail);
            content.Scan.Batches.Count.ShouldBe(batches);
            for (var i = 0; i < batches; i++)
            {
                ShouldEqual(content.Scan.Batches[i].Header, journal.Batches[i].Header);
                content.Scan.Batches[i].Offset.ShouldBe(journal.Batches[i].Offset);
                content.Groups[journal.Batches[i].Header.BatchId].ShouldBe(journal.Batches[i].Groups);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(6, 12)]
    [InlineData(6, 1000)]
    public void Header_MarksOfAnySize_AreRead(int topics, int partitions)
    {
        using var journal = new SampleJournal(Seeds.Random(output));
        var header = journal.NextHeader(BlockKind.Unsent, SampleJournal.RandomMark(new Random(3), topics, partitions));
        header.ClusterId = new string('x', JournalFormat.ClusterIdBytesMax);
        journal.Add(header, [OneGroup()]);
        journal.Add(journal.NextHeader(mark: header.Mark), [OneGroup()]);

        var scan = SegmentReader.Scan(journal.Files, journal.Name);
        scan.Batches.Count.ShouldBe(2);
        ShouldEqual(scan.Batches[0].Header, header);
        ReferenceEquals(scan.Batches[0].Header.Mark, scan.Batches[1].Header.Mark).ShouldBeTrue("equal marks share their memory");
    }

    [Fact]
    public void Header_BatchWrittenAnew_KeepsNumbersAndCountsOfTheFirst()
    {
        var random = Seeds.Random(output);
        using var first = new SampleJournal(random);
        var batch = first.Add(groups: 9);
        using var second = new SampleJournal(random, number: 2, files: first.Files);
        second.Add();
        var header = second.NextHeader(batch.Header.Kind, batch.Header.Mark);
        header.BatchId = batch.Header.BatchId;
        header.TimeMs = batch.Header.TimeMs;
        header.IsRewritten = true;
        header.GroupsTaken = batch.Header.GroupsTaken;
        header.EventsTaken = batch.Header.EventsTaken;
        SampleGroup[] left = [batch.Groups[2], batch.Groups[5]];
        second.Add(header, left);

        var content = JournalContent.Read(second.Files, second.Name);
        content.IsDamaged.ShouldBeFalse();
        content.Groups[batch.Header.BatchId].ShouldBe(left);
        var read = content.Scan.Batches[1].Header;
        (read.IsRewritten, read.GroupCount, read.GroupsTaken, read.EventsTaken)
            .ShouldBe((true, 2, 9, batch.Header.EventsTaken));
        read.EventCount.ShouldBe(left.Sum(group => group.Events.Count));
    }

    [Fact]
    public void Add_GroupThatHasLeftMemory_IsTheSameFromItsBytes()
    {
        using var journal = new SampleJournal(Seeds.Random(output));
        var batch = journal.Add();
        var handle = journal.Files.Open(journal.Name, writable: false);
        var reader = new GroupReader(journal.Files);
        reader.Begin(handle, batch.Offset, batch.Header);
        using var writer = new BatchWriter(256 * 1024);
        var header = batch.Header;
        writer.Begin(header);
        while (reader.Next() == GroupRead.Group)
        {
            writer.Add(reader.EventBytes, reader.Number, reader.FirstEvent, reader.EventCount, reader.ReceivedMinute);
        }

        var file = journal.Files[journal.Name];
        writer.End().SequenceEqual(file.AsSpan((int)batch.Offset, batch.Header.Bytes)).ShouldBeTrue();
    }

    [Fact]
    public void Add_WhatOtherThreadsChangeMeanwhile_IsNotWritten()
    {
        using var journal = new SampleJournal(Seeds.Random(output));
        using var block = new SampleBlock();
        using var writer = new BatchWriter(64 * 1024);
        block.Clear();
        var offset = block.Add(OneGroup());
        writer.Begin(journal.NextHeader());
        writer.Add(block.Block, offset, 0, 0);
        var before = writer.End().ToArray();
        block.Disturb(offset);
        writer.Begin(writer.Header);
        writer.Add(block.Block, offset, 0, 0);
        writer.End().SequenceEqual(before).ShouldBeTrue();
    }

    [Fact]
    public void Add_LargestGroupOfABlock_FitsTheLimits()
    {
        using var journal = new SampleJournal(Seeds.Random(output), segmentBytes: 2 * 1024 * 1024);
        var events = new List<SampleEvent>();
        for (var bytes = GroupHeader.Bytes; ; bytes += EventHeader.RecordBytesOf(1, 2048))
        {
            if (bytes + EventHeader.RecordBytesOf(1, 2048) > QueueBlock.Bytes / 2)
            {
                break;
            }

            events.Add(new SampleEvent(EventTopic.Bad, 1, [1], new byte[2048]));
        }

        SampleGroup group = new(0, 0, 1, events);
        var batch = journal.Add(journal.NextHeader(), [group]);
        JournalContent.Read(journal.Files, journal.Name).Groups[batch.Header.BatchId].ShouldBe([group]);
    }

    [Theory]
    [InlineData("0000000000000001.seg", 1)]
    [InlineData("00000000000000ff.seg", 255)]
    [InlineData("7fffffffffffffff.seg", long.MaxValue)]
    [InlineData("0000000000000000.seg", 0)]
    [InlineData("8000000000000000.seg", 0)]
    [InlineData("00000000000000FF.seg", 0)]
    [InlineData("00000000000000ff.seg.tmp", 0)]
    [InlineData("ff.seg", 0)]
    [InlineData("00000000000000 f.seg", 0)]
    public void Names_Segments_AreReadBack(string name, long number)
    {
        JournalFormat.TryParseSegmentName(name, out var parsed).ShouldBe(number > 0);
        if (number == 0)
        {
            return;
        }

        parsed.ShouldBe(number);
        JournalFormat.SegmentName(number).ShouldBe(name);
        JournalFormat.TryParseNotesName(JournalFormat.NotesName(number), out parsed).ShouldBeTrue();
        parsed.ShouldBe(number);
    }

    private static SampleGroup OneGroup() => new(0, 0, 7, [new SampleEvent(EventTopic.Click, 3, [1, 2], [0, 0, 0, 0, 5, 9])]);

    private static void ShouldEqual(BatchHeader read, BatchHeader written)
    {
        read.Mark.ShouldBe(written.Mark);
        foreach (var property in typeof(BatchHeader).GetProperties())
        {
            property.GetValue(read).ShouldBe(property.GetValue(written), property.Name);
        }
    }
}
