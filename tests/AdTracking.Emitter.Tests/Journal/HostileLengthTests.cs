using AdTracking.Queue.Journal.Format;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>Lengths and counts that lie, under checksums that hold: nothing is read outside, nothing throws, everything ends.</summary>
public sealed class HostileLengthTests(ITestOutputHelper output)
{
    private static readonly int[] Numbers =
        [0, 1, 7, 8, 12, 32, 88, 96, 255, 4096, 65_535, 65_536, JournalFormat.GroupBytesMax, 1 << 20, int.MaxValue - 7, int.MaxValue, int.MinValue, -8, -1];

    [Fact]
    public void Read_AnyNumberAnywhereInAHeader_EndsWithoutReadingOutside()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, segmentBytes: 32 * 1024);
        journal.Add(groups: 3);
        var batch = journal.Add(groups: 3);
        journal.Add(groups: 3);
        var file = journal.Files[journal.Name];
        var headerBytes = batch.Header.HeaderBytes;
        for (var at = sizeof(uint); at < headerBytes - 4; at++)
        {
            foreach (var number in Numbers)
            {
                var head = file.AsSpan((int)batch.Offset, headerBytes);
                var before = head.ToArray();
                BitConverter.TryWriteBytes(head[Math.Min(at, headerBytes - 8)..], number);
                BitConverter.TryWriteBytes(head[^4..], Checksum.Of(BitConverter.ToUInt64(head[8..]), head[..^4]));
                Should.NotThrow(() => JournalContent.Read(journal.Files, journal.Name), $"{number} at {at}");
                before.CopyTo(head);
            }
        }
    }

    [Fact]
    public void Read_AnyNumberAnywhereInAGroup_EndsWithoutReadingOutside()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, segmentBytes: 16 * 1024);
        var batch = journal.Add(groups: 3, eventsMax: 3, valueBytesMax: 60);
        var file = journal.Files[journal.Name];
        var start = (int)batch.Offset + batch.Header.HeaderBytes;
        var bytes = BitConverter.ToInt32(file, start + 4);
        for (var at = 0; at < bytes - 4; at++)
        {
            foreach (var number in Numbers)
            {
                var group = file.AsSpan(start, bytes);
                var before = group.ToArray();
                BitConverter.TryWriteBytes(group[at..], number);
                var checksum = Checksum.Of(batch.Header.BatchId, group[..28], group[32..]);
                if (at + 4 <= 28 || at >= 32)
                {
                    BitConverter.TryWriteBytes(group[28..], checksum);
                }

                var content = JournalContent.Read(journal.Files, journal.Name);
                content.Groups[batch.Header.BatchId].Count.ShouldBeInRange(2, 3);
                before.CopyTo(group);
            }
        }
    }

    [Fact]
    public void Read_AnyNumberAnywhereInANote_EndsWithoutReadingOutside()
    {
        var random = Seeds.Random(output);
        using var journal = new SampleJournal(random, segmentBytes: 4096);
        var note = NoteTests.RandomNote(random) with { Mark = SampleJournal.RandomMark(random) };
        journal.Segment.WriteNote(note);
        journal.Segment.WriteNote(note);
        var file = journal.Files[journal.NotesName];
        var bytes = Note.BytesOf(note.Mark);
        for (var at = 0; at < bytes - 8; at++)
        {
            foreach (var number in Numbers)
            {
                var first = file.AsSpan(0, bytes);
                var before = first.ToArray();
                BitConverter.TryWriteBytes(first[at..], number);
                BitConverter.TryWriteBytes(first[^4..], Checksum.Of(BitConverter.ToUInt64(first[8..]), first[..^4]));
                SegmentReader.Scan(journal.Files, journal.Name).Notes.Count.ShouldBeInRange(1, 2);
                before.CopyTo(first);
            }
        }
    }

    [Fact]
    public void Events_RandomBytes_EndWithoutReadingOutside()
    {
        var random = Seeds.Random(output);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] &= (byte)(i % 12 is 0 or 2 or 8 ? 0x1F : random.Next(2) == 0 ? 0 : 0xFF);
            }

            var walk = new EncodedEvents(bytes);
            var total = 0;
            while (walk.MoveNext())
            {
                total += EncodedEvents.BytesOf(walk.Current.Key.Length, walk.Current.Value.Length);
            }

            (walk.IsMalformed ? total < bytes.Length : total == bytes.Length).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Scan_RandomFile_EndsAndIsDamaged(int kib)
    {
        var random = Seeds.Random(output);
        var bytes = new byte[(kib * 1024) + random.Next(8)];
        random.NextBytes(bytes);
        using var files = new MemoryFiles { ["0000000000000005.seg"] = bytes, ["0000000000000005.notes"] = [.. bytes] };
        var scan = SegmentReader.Scan(files, "0000000000000005.seg");
        (scan.State, scan.Batches.Count, scan.Notes.Count, scan.AreNotesDamaged).ShouldBe((SegmentState.Damaged, 0, 0, true));
        scan.Damage.ShouldContain(damage => damage.Kind == DamageKind.Batches);
    }
}
