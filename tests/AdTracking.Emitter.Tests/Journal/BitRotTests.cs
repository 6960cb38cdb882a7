using AdTracking.Testing;
using Xunit.Abstractions;

namespace AdTracking.Emitter.Tests;

/// <summary>One bit wrong, or the end gone: it is noticed, at most the group that was hit is lost, and that is counted.</summary>
public sealed class BitRotTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_OneBitFlipped_LosesAtMostTheGroupThatWasHit()
    {
        Random random = Seeds.Random(output);
        using SampleJournal journal = FullSegment(random.Next());
        byte[] file = journal.Files[journal.Name];
        Dictionary<(ulong, int), SampleGroup> all = GroupsOf(journal);
        int groupsHit = 0;
        for (int i = 0; i < 10_000; i++)
        {
            int bit = random.Next(file.Length * 8);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            JournalContent content = JournalContent.Read(journal.Files, journal.Name);
            file[bit / 8] ^= (byte)(1 << (bit % 8));

            content.IsDamaged.ShouldBeTrue($"bit {bit}");
            var lost = new Dictionary<(ulong, int), SampleGroup>(all);
            foreach ((ulong id, List<SampleGroup> groups) in content.Groups)
            {
                foreach (SampleGroup group in groups)
                {
                    lost.Remove((id, group.Number), out SampleGroup? written).ShouldBeTrue($"bit {bit}");
                    group.ShouldBe(written, $"bit {bit}");
                }
            }

            lost.Count.ShouldBeLessThanOrEqualTo(1, $"bit {bit}");
            content.MissingEvents.ShouldBe(lost.Values.Sum(group => group.Events.Count), $"bit {bit}");
            groupsHit += lost.Count;
        }

        groupsHit.ShouldBeGreaterThan(5_000, "most of a journal is groups");
    }

    [Fact]
    public void Read_CutAtEveryByteOfTheLast4KiB_KeepsWhatStandsBefore()
    {
        using SampleJournal journal = FullSegment(Seeds.Next(output));
        byte[] file = journal.Files[journal.Name];
        SampleBatch last = journal.Batches[^1];
        (last.End, last.End - last.Offset > 4096 + last.Header.HeaderBytes).ShouldBe((file.Length, true));
        for (int length = file.Length - 1; length >= file.Length - 4096; length--)
        {
            journal.Files[journal.Name] = file[..length];
            JournalContent content = JournalContent.Read(journal.Files, journal.Name);
            content.IsDamaged.ShouldBeTrue();
            content.Scan.Damage.ShouldContain(new JournalDamage(DamageKind.Truncated, length, file.Length - length));
            foreach (SampleBatch batch in journal.Batches.SkipLast(1))
                content.Groups[batch.Header.BatchId].ShouldBe(batch.Groups);
            List<SampleGroup> read = content.Groups[last.Header.BatchId];
            read.ShouldBe(last.Groups.Take(read.Count));
            long end = last.Offset + last.Header.HeaderBytes + last.Groups.Take(read.Count + 1).Sum(BytesOf);
            (read.Count == last.Groups.Count || end > length).ShouldBeTrue($"length {length}: every group that is whole is read");
            content.MissingEvents.ShouldBe(last.Groups.Skip(read.Count).Sum(group => group.Events.Count));
        }
    }

    [Fact]
    public void Notes_OneBitFlipped_LoseAtMostTheOneThatWasHit()
    {
        Random random = Seeds.Random(output);
        using var journal = new SampleJournal(random, segmentBytes: 4096);
        Note[] notes = [.. Enumerable.Range(0, 5).Select(_ => NoteTests.RandomNote(random))];
        foreach (Note note in notes)
            journal.Segment.WriteNote(note).ShouldBe(0);
        byte[] file = journal.Files[journal.NotesName];
        for (int bit = 0; bit < file.Length * 8; bit += random.Next(1, 12))
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            SegmentScan scan = SegmentReader.Scan(journal.Files, journal.Name);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            scan.AreNotesDamaged.ShouldBeTrue();
            int hit = bit / 8 < journal.Segment.NotesTail ? 1 : 0;
            scan.Notes.Count.ShouldBe(notes.Length - hit);
            scan.Notes.Except(notes).ShouldBeEmpty();
        }
    }

    // Written twice: once to learn how long it gets, so that the last batch ends where the file does.
    private static SampleJournal FullSegment(int seed)
    {
        SampleJournal? journal = null;
        for (int bytes = 1024 * 1024; journal is null || journal.Segment.Room > 0; bytes = journal.Segment.Tail)
        {
            journal?.Dispose();
            journal = new SampleJournal(new Random(seed), bytes);
            for (int i = 0; i < 5; i++)
                journal.Add(groups: 10, eventsMax: 5, valueBytesMax: 400);
        }

        return journal;
    }

    private static Dictionary<(ulong, int), SampleGroup> GroupsOf(SampleJournal journal) =>
        journal.Batches.SelectMany(batch => batch.Groups.Select(group => (Key: (batch.Header.BatchId, group.Number), group)))
            .ToDictionary(entry => entry.Key, entry => entry.group);

    private static long BytesOf(SampleGroup group) =>
        JournalFormat.GroupHeaderBytes + group.Events.Sum(ev => EncodedEvents.BytesOf(ev.Key.Length, ev.Value.Length));
}
