using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>A power cut in the middle of a batch: any of its sectors are on the disk, the others hold what was there before.</summary>
public sealed class TornBatchTests(ITestOutputHelper output)
{
    private const int SegmentBytes = 64 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_AnySectorsOfAnUnsyncedBatch_GivesWholeGroupsOfItOrNone(bool overLeftovers)
    {
        var random = Seeds.Random(output);
        var tornRead = 0;
        for (var round = 0; round < 400; round++)
        {
            using var journal = new SampleJournal(random, SegmentBytes);
            if (overLeftovers)
            {
                FillWithLeftovers(journal, random);
            }

            for (var i = random.Next(3); i > 0; i--)
            {
                journal.Add(groups: 4);
            }

            Sync(journal);
            var synced = journal.Batches.Count;
            var torn = journal.Add(groups: 12, valueBytesMax: 500);
            var chance = random.Next(1, 10);
            var after = journal.Files.Entries[journal.Name].AfterCrash(_ => random.Next(10) < chance);
            using var files = new MemoryFiles { [journal.Name] = after.Bytes, [journal.NotesName] = [] };

            var content = JournalContent.Read(files, journal.Name);
            foreach (var batch in journal.Batches.Take(synced))
            {
                content.Groups[batch.Header.BatchId].ShouldBe(batch.Groups);
            }

            content.Groups.Keys.Except(journal.Batches.Select(batch => batch.Header.BatchId)).ShouldBeEmpty();
            if (!content.Groups.TryGetValue(torn.Header.BatchId, out var read))
            {
                continue;
            }

            tornRead++;
            var whole = WholeGroups(journal, torn, after.Bytes);
            read.ShouldBe(whole);
            content.MissingEvents.ShouldBe(torn.Header.EventCount - whole.Sum(group => group.Events.Count));
        }

        tornRead.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Read_GroupsOfAnotherBatchInItsPlace_AreNotTaken()
    {
        // The same groups at the same places under another id, and the batch's own head and tail around them.
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, SegmentBytes);
        var batch = journal.Add();
        var other = journal.NextHeader(mark: batch.Header.Mark);
        var bytes = journal.Encode(other, batch.Groups);
        var headerBytes = batch.Header.HeaderBytes;
        (bytes.Length, other.HeaderBytes).ShouldBe((batch.Header.Bytes, headerBytes));
        bytes[headerBytes..^headerBytes].CopyTo(journal.Files[journal.Name].AsSpan((int)batch.Offset + headerBytes));

        var content = JournalContent.Read(journal.Files, journal.Name);
        content.Groups[batch.Header.BatchId].ShouldBeEmpty();
        content.MissingEvents.ShouldBe(batch.Header.EventCount);
    }

    [Fact]
    public void Checksum_OtherSeed_IsAnother()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Checksum.Of(1, bytes).ShouldNotBe(Checksum.Of(2, bytes));
        Checksum.Of(1, bytes.AsSpan(0, 8), bytes.AsSpan(8)).ShouldBe(Checksum.Of(1, bytes));
        // RFC 3720, B.4, 32 bytes of zeros, of which the seed stands for the first eight.
        Checksum.Of(0, new byte[24]).ShouldBe(0x8A9136AAu);
    }

    // As if the file system had given out blocks with an earlier file's bytes in them.
    private static void FillWithLeftovers(SampleJournal journal, Random random)
    {
        using var earlier = new SampleJournal(random, SegmentBytes);
        while (earlier.Segment.Room > 16 * 1024)
        {
            var header = earlier.NextHeader((BlockKind)random.Next(2));
            header.BootId = new Guid("99999999-0000-0000-0000-000000000001");
            earlier.Add(header, [.. Enumerable.Range(0, 5).Select(number =>
                new SampleGroup(number, number, 0, [SampleEvent.Random(random, 400)]))]);
        }

        earlier.Files[earlier.Name].AsSpan(JournalFormat.SegmentHeaderBytes)
            .CopyTo(journal.Files[journal.Name].AsSpan(JournalFormat.SegmentHeaderBytes));
        var file = journal.Files.Entries[journal.Name];
        file.Write(file.Bytes, 0);
        Sync(journal);
    }

    private static void Sync(SampleJournal journal) => journal.Segment.Sync().ShouldBe(0);

    private static List<SampleGroup> WholeGroups(SampleJournal journal, SampleBatch batch, byte[] after)
    {
        var written = journal.Files[journal.Name];
        var whole = new List<SampleGroup>();
        var at = (int)batch.Offset + batch.Header.HeaderBytes;
        foreach (var group in batch.Groups)
        {
            var bytes = JournalFormat.GroupHeaderBytes + group.Events.Sum(ev => EncodedEvents.BytesOf(ev.Key.Length, ev.Value.Length));
            if (written.AsSpan(at, bytes).SequenceEqual(after.AsSpan(at, bytes)))
            {
                whole.Add(group);
            }

            at += bytes;
        }

        return whole;
    }
}
