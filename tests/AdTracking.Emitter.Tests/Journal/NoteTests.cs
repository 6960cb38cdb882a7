using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>Notes: written without a sync, read back in order, and their absence never mistaken for there having been none.</summary>
public sealed class NoteTests(ITestOutputHelper output)
{
    internal static Note RandomNote(Random random) => new(
        (ulong)random.NextInt64(1, long.MaxValue),
        SampleJournal.BootId,
        random.NextInt64(1L << 41),
        random.Next(5) == 0 ? null : SampleJournal.RandomMark(random));

    [Fact]
    public void WriteNote_RandomNotes_AreReadInOrder()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, noteBytes: 64 * 1024);
        Note[] notes = [.. Enumerable.Range(0, 20).Select(_ => RandomNote(random))];
        foreach (var note in notes)
        {
            journal.Segment.WriteNote(note).ShouldBe(0);
        }

        var scan = SegmentReader.Scan(journal.Files, journal.Name);
        scan.Notes.ShouldBe(notes);
        scan.AreNotesDamaged.ShouldBeFalse();
        scan.NotesEnd.ShouldBe(journal.Segment.NotesTail);
    }

    [Fact]
    public void WriteNote_SideFileFull_IsNoSpaceAndGrowsNothing()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, noteBytes: 1024);
        var note = RandomNote(random);
        var fit = 1024 / Note.BytesOf(note.Mark);
        for (var i = 0; i < fit; i++)
        {
            journal.Segment.WriteNote(note).ShouldBe(0);
        }

        journal.Segment.WriteNote(note).ShouldBe(-Errno.NoSpace);
        journal.Files[journal.NotesName].Length.ShouldBe(1024);
        SegmentReader.Scan(journal.Files, journal.Name).Notes.Count.ShouldBe(fit);
    }

    [Fact]
    public void WriteNote_DiskFull_HasItsSpaceAlready()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        journal.Files.BytesMax = 0;
        journal.Segment.WriteNote(RandomNote(random)).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WriteNote_FailedWrite_LeavesThePlaceToTheNext(bool torn)
    {
        var random = Seeds.Random(output);
        using var inner = new MemoryFiles();
        using var files = new FaultyFiles(inner);
        var segment = JournalSegment.Create(files, 1, 16384, 8192, SampleJournal.BootId, out _)!;
        var first = RandomNote(random);
        var second = first with { TimeMs = first.TimeMs + 1 };
        segment.WriteNote(first).ShouldBe(0);
        files.Fail(FileCall.Write, 1, new FileFault(Errno.InputOutput, torn));
        segment.WriteNote(second).ShouldBe(-Errno.InputOutput);
        SegmentReader.Scan(inner, "0000000000000001.seg").AreNotesDamaged.ShouldBe(torn);
        segment.WriteNote(second).ShouldBe(0);
        var scan = SegmentReader.Scan(inner, "0000000000000001.seg");
        scan.Notes.ShouldBe([first, second]);
        scan.AreNotesDamaged.ShouldBeFalse();
        segment.IsFailed.ShouldBeFalse();
    }

    [Fact]
    public void Scan_SideFileCutAtEveryByte_KeepsWholeNotesAndSaysWhenOneWasCut()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, segmentBytes: 4096);
        var ends = new List<long> { 0 };
        Note[] notes = [.. Enumerable.Range(0, 3).Select(_ => RandomNote(random))];
        foreach (var note in notes)
        {
            journal.Segment.WriteNote(note).ShouldBe(0);
            ends.Add(journal.Segment.NotesTail);
        }

        var file = journal.Files[journal.NotesName];
        for (var length = 0; length <= ends[^1]; length++)
        {
            journal.Files[journal.NotesName] = file[..length];
            var scan = SegmentReader.Scan(journal.Files, journal.Name);
            var whole = ends.FindLastIndex(end => end <= length);
            scan.Notes.ShouldBe(notes.Take(whole));
            scan.NotesEnd.ShouldBe(ends[whole]);
            scan.AreNotesDamaged.ShouldBe(length != ends[whole], $"length {length}");
        }
    }

    [Fact]
    public void Scan_SideFileMissing_IsDamage()
    {
        using var journal = new SampleJournal(Seeds.Random(output));
        journal.Files.Delete(journal.NotesName);
        SegmentReader.Scan(journal.Files, journal.Name).NotesDamage.Single().Kind.ShouldBe(DamageKind.NotesMissing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_FoundSegment_GoesOnBehindItsLastNote(bool sideFileMissing)
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, noteBytes: 1024);
        var batch = journal.Add();
        Note[] notes = [.. Enumerable.Range(0, 6).Select(_ => RandomNote(random))];
        journal.Segment.WriteNote(notes[0]);
        journal.Segment.Close();
        if (sideFileMissing)
        {
            journal.Files.Delete(journal.NotesName);
        }

        var found = JournalSegment.Open(journal.Files, SegmentReader.Scan(journal.Files, journal.Name), out var error)!;
        error.ShouldBe(0);
        (found.IsFound, found.Room, found.BatchCount, found.EventsWritten).ShouldBe((true, 0, 1, batch.Header.EventCount));
        foreach (var note in notes.Skip(1))
        {
            found.WriteNote(note).ShouldBe(0);
        }

        var scan = SegmentReader.Scan(journal.Files, journal.Name);
        scan.Notes.ShouldBe(sideFileMissing ? notes.Skip(1) : notes);
        scan.AreNotesDamaged.ShouldBeFalse();

        var reader = new GroupReader(journal.Files);
        reader.Begin(found, scan.Batches[0]);
        reader.Next().ShouldBe(GroupRead.Group);
        found.Delete().ShouldBe(0);
        journal.Files.Entries.ShouldBeEmpty();
        journal.Files.OpenHandles.ShouldBe(0);
    }
}
