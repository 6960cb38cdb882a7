using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Tests;

/// <summary>Every waiting batch gets its note, or it would wait for ever: also when its mark was empty when it was spilled, and the side
/// file is full of others' notes, or cannot be written.</summary>
public sealed class NoteRoomTests
{
    private const int Batches = 3_000;

    [Fact]
    public void HandOver_SpilledBeforePartitionsWereKnown_EverythingIsSent()
    {
        using var bench = SpillWithoutKafka(out var values);
        bench.Stats.Segments.ShouldBe(1, "so many small batches share a side file");
        bench.Grow(bench.Partitions);
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Stats.Errors.ShouldBe(0);
    }

    [Fact]
    public void HandOver_FoundWithoutMarksOnAFullDisk_EverythingIsSent()
    {
        using var bench = SpillWithoutKafka(out var values);
        bench.Crash();
        var files = (MemoryFiles)bench.Files;
        files.BytesMax = files.Entries.Values.Sum(file => (long)file.Bytes.Length);
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Stats.Errors.ShouldBe(0);
    }

    [Fact]
    public void HandOver_KilledAfterNotesWithoutMarks_NothingIsSentTwice()
    {
        using var bench = SpillWithoutKafka(out var values);
        bench.Grow(bench.Partitions);
        for (var i = 0; bench.Log.Records.Count < Batches * 9 / 10; i++)
        {
            i.ShouldBeLessThan(Batches);
            bench.Step();
        }

        bench.Core.Shipper.Tick();
        bench.Producer.AnswerAll(); // Kafka has them, and the process dies before it hears of it
        bench.Crash();
        bench.Start();
        bench.Stats.QuestionableEvents.ShouldBeGreaterThan(0);
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Stats.StruckOutEvents.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void HandOver_OneSideFileCannotBeWritten_OthersGoOnAndTheProblemIsNamed()
    {
        using var bench = new JournalHarness();
        var files = new RefusingFiles(bench.Files);
        bench.Files = files;
        bench.Crash();
        bench.Start(known: false);
        var values = new List<string>();
        const int shipping = 2; // the first ones need no note: they were spilled before the shipper had waited long enough
        const int second = 10; // batches of the second segment
        while (bench.Stats.Segments < 2)
        {
            Spill(bench, values, new string('x', 20_000));
        }

        for (var i = 1; i < second; i++)
        {
            Spill(bench, values, "");
        }

        files.Unwritable = JournalFormat.NotesName(1);
        bench.Grow(bench.Partitions);
        for (var i = 0; i < 200; i++)
        {
            bench.Step();
        }

        bench.ShouldHold(values[..shipping].Concat(values[^second..]));
        bench.Stats.WaitingEvents.ShouldBe(values.Count - shipping - second);
        bench.Stats.Problem!.ShouldContain("note");

        files.Unwritable = "";
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Time.Advance(2_000);
        bench.Stats.Problem.ShouldBeNull();
    }

    // Many requests, each of which is a batch of its own, by a process that has never seen Kafka.
    private static JournalHarness SpillWithoutKafka(out List<string> values)
    {
        var bench = new JournalHarness(JournalHarness.DefaultOptions() with { JournalSegmentBytes = 4 * 1024 * 1024 });
        bench.Crash();
        bench.Start(known: false);
        values = [];
        for (var i = 0; i < Batches; i++)
        {
            Spill(bench, values, "");
        }

        return bench;
    }

    private static void Spill(JournalHarness bench, List<string> values, string more)
    {
        values.Add($"event {values.Count}{more}");
        bench.Append(values[^1]);
        bench.Spill();
    }
}
