using AdTracking.Emitter.Inspection;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>An inspection tells everything and changes nothing.</summary>
public sealed class JournalInspectionTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_100_000);

    [Fact]
    public async Task Read_SoundJournal_TellsAllOfIt()
    {
        using var journal = TwoBatches(out var note);
        using var inspection = new JournalInspection(journal.Files, SampleJournal.BootId, new AutoAdvancingTimeProvider(Now));
        var segment = (await ReadAsync(inspection)).Single();

        (segment.Name, segment.State, segment.Created, segment.AgeSeconds).ShouldBe((journal.Name, "ok", Now.AddSeconds(-100), 100));
        (segment.UsedBytes, segment.Bytes).ShouldBe((journal.Segment.Tail, journal.Segment.Bytes));
        (segment.UsedNotesBytes, segment.NotesBytes).ShouldBe((journal.Segment.NotesTail, 8192));
        segment.Damage.ShouldBeEmpty();
        foreach ((var read, var written) in segment.Batches.Zip(journal.Batches))
        {
            read.Id.ShouldBe($"{written.Header.BatchId:x16}");
            (read.Offset, read.Bytes, read.Groups, read.Events, read.MissingEvents).ShouldBe(
                (written.Offset, written.Header.Bytes, written.Header.GroupCount, written.Header.EventCount, 0));
            (read.ThisBoot, read.BootId, read.ClusterId).ShouldBe((true, SampleJournal.BootId, written.Header.ClusterId));
            read.Time.ToUnixTimeMilliseconds().ShouldBe(written.Header.TimeMs);
        }

        segment.Batches.Select(batch => batch.Kind).ShouldBe(["shipping", "waiting"]);
        (segment.Notes.Single().BatchId, segment.Notes.Single().AgeSeconds).ShouldBe(($"{note.BatchId:x16}", 40));
        var mark = segment.Batches[1].Mark[0];
        (mark.Topic, mark.Partitions, mark.Known, mark.Lowest, mark.Highest).ShouldBe(("ad.impression", 4, 3, -1, 70));
        (segment.Batches[1].Mark[1].Known, segment.Batches[1].Mark[1].Lowest).ShouldBe((0, null));
        var totals = inspection.Totals;
        (totals.Segments, totals.ShippingBatches, totals.WaitingBatches, totals.Notes, totals.Damage).ShouldBe((1, 1, 1, 1, 0));
        (totals.Events, totals.MissingEvents, totals.Bytes).ShouldBe((journal.EventCount, 0, journal.Segment.Bytes + 8192));
        totals.Oldest.ShouldBe(segment.Batches.Min(batch => batch.Time));
    }

    [Fact]
    public async Task Read_Damage_IsToldWithItsPlace()
    {
        using var journal = TwoBatches(out _);
        var first = journal.Batches[0];
        var groupAt = first.Offset + first.Header.HeaderBytes;
        journal.Files[journal.Name][groupAt + 40] ^= 1;
        journal.Files[journal.NotesName][30] ^= 1;
        using var inspection = new JournalInspection(journal.Files, SampleJournal.BootId, new AutoAdvancingTimeProvider(Now));
        var segment = (await ReadAsync(inspection)).Single();

        segment.Damage.Select(damage => (damage.File, damage.Kind, damage.Offset)).ShouldBe(
            [(journal.Name, "groups", groupAt), (journal.NotesName, "notes", 0)]);
        segment.Batches[0].MissingEvents.ShouldBe(first.Groups[0].Events.Count);
        (inspection.Totals.Damage, inspection.Totals.MissingEvents).ShouldBe((2, first.Groups[0].Events.Count));
    }

    [Fact]
    public async Task Read_HeadersOnly_SeesNoDamageInGroups()
    {
        using var journal = TwoBatches(out _);
        journal.Files[journal.Name][journal.Batches[0].Offset + journal.Batches[0].Header.HeaderBytes + 40] ^= 1;
        using var inspection = new JournalInspection(journal.Files, SampleJournal.BootId, new AutoAdvancingTimeProvider(Now));
        var segment = (await ReadAsync(inspection, checkGroups: false)).Single();
        segment.Damage.ShouldBeEmpty();
        segment.Batches[0].MissingEvents.ShouldBeNull();
    }

    [Fact]
    public async Task Read_SegmentBeingWritten_IsReadAgainAndWhole()
    {
        using var journal = TwoBatches(out _);
        var whole = journal.Files[journal.Name];
        journal.Files[journal.Name] = [.. whole];
        journal.Files[journal.Name].AsSpan((int)journal.Batches[1].Offset + journal.Batches[1].Header.HeaderBytes).Clear();
        var time = new AutoAdvancingTimeProvider(Now, () => journal.Files[journal.Name] = whole);
        using var inspection = new JournalInspection(journal.Files, SampleJournal.BootId, time);
        (await ReadAsync(inspection)).Single().Damage.ShouldBeEmpty();
        time.Timers.ShouldBe(1);
        inspection.Totals.Damage.ShouldBe(0);
    }

    [Fact]
    public async Task Read_SegmentDeletedMeanwhile_IsLeftOut()
    {
        using var journal = TwoBatches(out _);
        using var inspection = new JournalInspection(journal.Files, SampleJournal.BootId, new AutoAdvancingTimeProvider(Now));
        journal.Segment.Delete();
        (await ReadAsync(inspection)).ShouldBeEmpty();
        inspection.Totals.Segments.ShouldBe(0);
    }

    [Fact]
    public async Task Read_NewerFormat_IsSaidAndNotReadOn()
    {
        using var journal = TwoBatches(out _);
        var file = journal.Files[journal.Name];
        file[8] = 9;
        BitConverter.TryWriteBytes(file.AsSpan(60), Checksum.Of(0, file.AsSpan(0, 60)));
        using var inspection = new JournalInspection(journal.Files, SampleJournal.BootId, new AutoAdvancingTimeProvider(Now));
        var segment = (await ReadAsync(inspection)).Single();
        (segment.State, segment.Batches.Count, inspection.HasNewerFormat).ShouldBe(("newerFormat", 0, true));
    }

    [Fact]
    public async Task Read_FileThatCannotBeOpened_IsDamage()
    {
        using var journal = TwoBatches(out _);
        using var files = new FaultyFiles(journal.Files);
        files.Fail(FileCall.Open, 1, new FileFault(Errno.Access, IsLasting: true));
        using var inspection = new JournalInspection(files, SampleJournal.BootId, new AutoAdvancingTimeProvider(Now));
        (await ReadAsync(inspection)).Single().State.ShouldBe("cannotOpen");
        inspection.Totals.Damage.ShouldBe(1);
    }

    [Fact]
    public async Task Read_RealDirectoryInUse_ChangesNothing()
    {
        using var directory = new TemporaryDirectory("inspect");
        using var journal = TwoBatches(out _);
        journal.Files[journal.Name][journal.Batches[0].Offset + 60] ^= 1;
        foreach ((var name, var file) in journal.Files.Entries)
        {
            File.WriteAllBytes(directory.PathOf(name), file.Bytes);
        }

        File.WriteAllText(directory.PathOf("00000000000000ff.notes"), "");
        File.WriteAllText(directory.PathOf("stray"), "");
        using var held = JournalLock.Take(directory.FullPath);
        foreach (var path in Directory.GetFiles(directory.FullPath))
        {
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        }

        Directory.SetLastWriteTimeUtc(directory.FullPath, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        var before = Snapshot(directory.FullPath);

        using var inspection = JournalInspection.Open(directory.FullPath, new AutoAdvancingTimeProvider(Now));
        var segment = (await ReadAsync(inspection)).Single();
        (segment.Batches.Count, segment.Damage.Single().Kind).ShouldBe((2, "batchHead"));
        inspection.OtherFiles.ShouldBe(["00000000000000ff.notes", "stray"]);
        Snapshot(directory.FullPath).ShouldBe(before);
    }

    [Fact]
    public void Open_NoDirectory_SaysSo() =>
        Should.Throw<JournalException>(() => JournalInspection.Open("/nowhere/at/all")).Message.ShouldContain("No such file");

    private static string Snapshot(string directory) => string.Join('\n',
        Directory.GetFiles(directory).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {(path.EndsWith("lock", StringComparison.Ordinal) ? "" : Hash(path))}")
            .Append($"{Directory.GetLastWriteTimeUtc(directory):O}"));

    private static string Hash(string path) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private static async Task<List<InspectedSegment>> ReadAsync(JournalInspection inspection, bool checkGroups = true)
    {
        var segments = new List<InspectedSegment>();
        await foreach (var segment in inspection.ReadSegmentsAsync(checkGroups))
        {
            segments.Add(segment);
        }

        return segments;
    }

    private SampleJournal TwoBatches(out Note note)
    {
        var journal = new SampleJournal(Seeds.Random(output));
        journal.Add();
        var mark = MarkCodec.Encode(new JournalMark(
        [
            new TopicMark(EventTopic.Impression, "ad.impression", Guid.Empty, [70, -1, JournalMark.Unknown, 5]),
            new TopicMark(EventTopic.Click, "ad.click", Guid.Empty, [JournalMark.Unknown]),
        ]));
        journal.Add(journal.NextHeader(BlockKind.Unsent, mark), [new SampleGroup(0, 0, 1, [SampleEvent.Random(new Random(1), 3000)])]);
        note = new Note(journal.Batches[1].Header.BatchId, SampleJournal.BootId, 1_700_000_060_000, mark);
        journal.Segment.WriteNote(note).ShouldBe(0);
        return journal;
    }
}
