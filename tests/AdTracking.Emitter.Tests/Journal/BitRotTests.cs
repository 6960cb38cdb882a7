using AdTracking.Queue.Journal.Format;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>One bit wrong, or the end gone: it is noticed, at most the group that was hit is lost, and that is counted.</summary>
public sealed class BitRotTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_OneBitFlipped_LosesAtMostTheGroupThatWasHit()
    {
        var random = Seeds.Random(output);
        using var journal = FullSegment(random.Next());
        var file = journal.Files[journal.Name];
        var all = GroupsOf(journal);
        var groupsHit = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var bit = random.Next(file.Length * 8);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            var content = JournalContent.Read(journal.Files, journal.Name);
            file[bit / 8] ^= (byte)(1 << (bit % 8));

            content.IsDamaged.ShouldBeTrue($"bit {bit}");
            var lost = new Dictionary<(ulong, int), SampleGroup>(all);
            foreach ((var id, var groups) in content.Groups)
            {
                foreach (var group in groups)
                {
                    lost.Remove((id, group.Number), out var written).ShouldBeTrue($"bit {bit}");
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
        using var journal = FullSegment(Seeds.Next(output));
        var file = journal.Files[journal.Name];
        var last = journal.Batches[^1];
        (last.End, last.End - last.Offset > 4096 + last.Header.HeaderBytes).ShouldBe((file.Length, true));
        for (var length = file.Length - 1; length >= file.Length - 4096; length--)
        {
            journal.Files[journal.Name] = file[..length];
            var content = JournalContent.Read(journal.Files, journal.Name);
            content.IsDamaged.ShouldBeTrue();
            content.Scan.Damage.ShouldContain(new JournalDamage(DamageKind.Truncated, length, file.Length - length));
            foreach (var batch in journal.Batches.SkipLast(1))
            {
                content.Groups[batch.Header.BatchId].ShouldBe(batch.Groups);
            }

            var read = content.Groups[last.Header.BatchId];
            read.ShouldBe(last.Groups.Take(read.Count));
            var end = last.Offset + last.Header.HeaderBytes + last.Groups.Take(read.Count + 1).Sum(BytesOf);
            (read.Count == last.Groups.Count || end > length).ShouldBeTrue($"length {length}: every group that is whole is read");
            content.MissingEvents.ShouldBe(last.Groups.Skip(read.Count).Sum(group => group.Events.Count));
        }
    }

    [Fact]
    public void Notes_OneBitFlipped_LoseAtMostTheOneThatWasHit()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, segmentBytes: 4096);
        Note[] notes = [.. Enumerable.Range(0, 5).Select(_ => NoteTests.RandomNote(random))];
        foreach (var note in notes)
        {
            journal.Segment.WriteNote(note).ShouldBe(0);
        }

        var file = journal.Files[journal.NotesName];
        for (var bit = 0; bit < file.Length * 8; bit += random.Next(1, 12))
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            var scan = SegmentReader.Scan(journal.Files, journal.Name);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            scan.AreNotesDamaged.ShouldBeTrue();
            var hit = bit / 8 < journal.Segment.NotesTail ? 1 : 0;
            scan.Notes.Count.ShouldBe(notes.Length - hit);
            scan.Notes.Except(notes).ShouldBeEmpty();
        }
    }

    // Written twice: once to learn how long it gets, so that the last batch ends where the file does.
    private static SampleJournal FullSegment(int seed)
    {
        SampleJournal? journal = null;
        for (var bytes = 1024 * 1024; journal is null || journal.Segment.Room > 0; bytes = journal.Segment.Tail)
        {
            journal?.Dispose();
            journal = new SampleJournal(new Random(seed), bytes);
            for (var i = 0; i < 5; i++)
            {
                journal.Add(groups: 10, eventsMax: 5, valueBytesMax: 400);
            }
        }

        return journal;
    }

    private static Dictionary<(ulong, int), SampleGroup> GroupsOf(SampleJournal journal) =>
        journal.Batches.SelectMany(batch => batch.Groups.Select(group => (Key: (batch.Header.BatchId, group.Number), group)))
            .ToDictionary(entry => entry.Key, entry => entry.group);

    private static long BytesOf(SampleGroup group) =>
        JournalFormat.GroupHeaderBytes + group.Events.Sum(ev => EncodedEvents.BytesOf(ev.Key.Length, ev.Value.Length));
}
