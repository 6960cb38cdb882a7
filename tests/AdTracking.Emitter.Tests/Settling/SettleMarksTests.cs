using AdTracking.Testing;
using Xunit.Abstractions;

namespace AdTracking.Emitter.Tests;

/// <summary>From where on a batch is looked for: nothing of it can stand below its first note's mark, or below its own.</summary>
public sealed class SettleMarksTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(BlockKind.Waiting, true, true, 1)] // the first note
    [InlineData(BlockKind.Waiting, false, true, 0)] // that has no mark: the batch's, however many follow
    [InlineData(BlockKind.Waiting, true, false, 1)]
    [InlineData(BlockKind.Shipping, true, true, 0)] // handed over before it was spilled: notes say nothing
    public void Of_SeveralNotes_TheFirstCounts(object kind, bool firstHasMark, bool secondHasMark, int expected)
    {
        Random random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        SampleBatch batch = journal.Add(kind: (BlockKind)kind);
        JournalMark[] marks = [batch.Header.Mark, SampleJournal.RandomMark(random), SampleJournal.RandomMark(random)];
        Write(journal, batch, firstHasMark ? marks[1] : null, SampleJournal.BootId);
        Write(journal, batch, secondHasMark ? marks[2] : null, SampleJournal.BootId);
        MarkOf(journal, batch, SampleJournal.BootId).ShouldBe(marks[expected]);
    }

    [Fact]
    public void Of_AnotherBoot_NotesAreNotTrusted()
    {
        Random random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        SampleBatch batch = journal.Add(kind: BlockKind.Waiting);
        Write(journal, batch, SampleJournal.RandomMark(random), SampleJournal.BootId);
        MarkOf(journal, batch, Guid.NewGuid()).ShouldBe(batch.Header.Mark);
    }

    [Fact]
    public void Of_NotesDamaged_NobodyKnowsWhichWasTheFirst()
    {
        Random random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        SampleBatch batch = journal.Add(kind: BlockKind.Waiting);
        Write(journal, batch, SampleJournal.RandomMark(random), SampleJournal.BootId);
        Write(journal, batch, SampleJournal.RandomMark(random), SampleJournal.BootId);
        journal.Files[journal.NotesName][60] ^= 1;
        MarkOf(journal, batch, SampleJournal.BootId).ShouldBe(batch.Header.Mark);
    }

    private static void Write(SampleJournal journal, SampleBatch batch, JournalMark? mark, Guid bootId) =>
        journal.Segment.WriteNote(new Note(batch.Header.BatchId, bootId, 1_700_000_000_000, mark)).ShouldBe(0);

    private static JournalMark MarkOf(SampleJournal journal, SampleBatch batch, Guid bootId) =>
        new SettleMarks(journal.Files, bootId).Of(batch.Header.BatchId, journal.Segment.Number);
}
