using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>From where on a batch is looked for: nothing of it can stand below its first note's mark, or below its own.</summary>
public sealed class ReconcileMarksTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(BlockKind.Unsent, true, true, 1)] // the first note
    [InlineData(BlockKind.Unsent, false, true, 0)] // that has no mark: the batch's, however many follow
    [InlineData(BlockKind.Unsent, true, false, 1)]
    [InlineData(BlockKind.Shipping, true, true, 0)] // handed over before it was spilled: notes say nothing
    public void Of_SeveralNotes_TheFirstCounts(object kind, bool firstHasMark, bool secondHasMark, int expected)
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        var batch = journal.Add(kind: (BlockKind)kind);
        BatchMark[] marks = [batch.Header.Mark, SampleJournal.RandomMark(random), SampleJournal.RandomMark(random)];
        Write(journal, batch, firstHasMark ? marks[1] : null);
        Write(journal, batch, secondHasMark ? marks[2] : null);
        MarkOf(journal, batch, SampleJournal.BootId).ShouldBe(marks[expected]);
    }

    [Fact]
    public void Of_AnotherBoot_NotesAreNotTrusted()
    {
        using var journal = NotedTwice(out var batch);
        MarkOf(journal, batch, Guid.NewGuid()).ShouldBe(batch.Header.Mark);
    }

    [Fact]
    public void Of_NoteOfAnotherBoot_IsNotTrusted()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random);
        var batch = journal.Add(kind: BlockKind.Unsent);
        Write(journal, batch, SampleJournal.RandomMark(random), Guid.NewGuid());
        MarkOf(journal, batch, SampleJournal.BootId).ShouldBe(batch.Header.Mark);
    }

    [Fact]
    public void Of_NotesDamaged_NobodyKnowsWhichWasTheFirst()
    {
        using var journal = NotedTwice(out var batch);
        journal.Files[journal.NotesName][60] ^= 1;
        MarkOf(journal, batch, SampleJournal.BootId).ShouldBe(batch.Header.Mark);
    }

    private SampleJournal NotedTwice(out SampleBatch batch)
    {
        var random = Seeds.Random(output);
        var journal = new SampleJournal(random);
        batch = journal.Add(kind: BlockKind.Unsent);
        Write(journal, batch, SampleJournal.RandomMark(random));
        Write(journal, batch, SampleJournal.RandomMark(random));
        return journal;
    }

    private static void Write(SampleJournal journal, SampleBatch batch, BatchMark? mark, Guid? bootId = null) =>
        journal.Segment.WriteNote(new Note(batch.Header.BatchId, bootId ?? SampleJournal.BootId, 1_700_000_000_000, mark)).ShouldBe(0);

    private static BatchMark MarkOf(SampleJournal journal, SampleBatch batch, Guid bootId) =>
        MarkCodec.Encode(new ReconcileMarks(journal.Files, bootId).Of(batch.Header.BatchId, journal.Segment.Number));
}
