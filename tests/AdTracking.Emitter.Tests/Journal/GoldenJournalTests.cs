using System.Text;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>A journal of format version 1, kept for ever: whatever is written in later versions, this one is read. The same bytes are what
/// is written today; UPDATE_GOLDENS=1 writes them anew, which is right only while no version with this format was released.</summary>
public sealed class GoldenJournalTests
{
    private const string Segment = "00000000000000a7.seg";
    private const string Notes = "00000000000000a7.notes";
    private static readonly Guid BootId = new("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    [Fact]
    public void Write_Today_IsTheGolden()
    {
        using var files = Written();
        ShouldBeGolden(Segment, files[Segment]);
        ShouldBeGolden(Notes, files[Notes]);
        ShouldBeGolden("listing.txt", Encoding.UTF8.GetBytes(Listing(files)));
    }

    [Fact]
    public void Read_Golden_IsWhatItsListingSays()
    {
        using var files = new MemoryFiles { [Segment] = Golden(Segment), [Notes] = Golden(Notes) };
        Listing(files).ShouldBe(Encoding.UTF8.GetString(Golden("listing.txt")));
    }

    private static MemoryFiles Written()
    {
        var files = new MemoryFiles();
        var segment = JournalSegment.Create(files, 0xA7, 4096, 1024, BootId, 1_511_000_000_000, out _)!;
        using var block = new SampleBlock();
        using var writer = new BatchWriter(4096);
        var mark = MarkCodec.Encode(new JournalMark(
        [
            new TopicMark(EventTopic.Impression, "ad.impression", new Guid("00112233-4455-6677-8899-aabbccddeeff"), [41, -1, JournalMark.Unknown]),
            new TopicMark(EventTopic.Bad, "ad.bad", Guid.Empty, [1L << 40]),
        ]));
        Write(Header(0x0123_4567_89AB_CDEF, BlockKind.Shipping, mark), 0, 1);
        Write(Header(0xFFFF_FFFF_0000_0001, BlockKind.Unsent, BatchMark.Empty), 0);
        var anew = Header(0x0102_0304_0506_0708, BlockKind.Unsent, mark);
        anew.IsRewritten = true;
        anew.ClusterId = "";
        anew.GroupsTaken = 9;
        anew.EventsTaken = 20;
        Write(anew, 4);
        segment.WriteNote(new Note(0xFFFF_FFFF_0000_0001, BootId, 1_511_000_009_000, mark)).ShouldBe(0);
        segment.WriteNote(new Note(anew.BatchId, BootId, 1_511_000_010_000, null)).ShouldBe(0);
        return files;

        void Write(BatchHeader header, params int[] numbers)
        {
            header.PlaceIn(segment);
            writer.Begin(header);
            foreach (var number in numbers)
            {
                block.Clear();
                writer.Add(block.Block, block.Add(Group(number)), number, number * 2);
            }

            segment.Write(writer.End(), out _).ShouldBe(0);
        }
    }

    private static BatchHeader Header(ulong id, BlockKind kind, BatchMark mark) => new()
    {
        BatchId = id,
        Kind = kind,
        BootId = BootId,
        ClusterId = "AAECAwQFBgcICQoLDA0ODw",
        TimeMs = 1_511_000_001_234,
        Mark = mark,
    };

    private static SampleGroup Group(int number) => new(number, number * 2, 25_183_333 + number,
    [
        new SampleEvent(EventTopic.Impression, 17, "imp-1"u8.ToArray(), [0, 0, 0, 0, 42, .. "value"u8]),
        new SampleEvent((EventTopic)(number % EventTopics.Count), 255, "clé"u8.ToArray(), [0, 0, 0, 1, 0]),
    ]);

    private static string Listing(MemoryFiles files)
    {
        var content = JournalContent.Read(files, Segment);
        var text = new StringBuilder();
        text.Append($"segment {content.Scan.Header.Number} {content.Scan.Header.Bytes} {content.Scan.Header.BootId} {content.Scan.Header.CreatedMs}\n");
        foreach (var batch in content.Scan.Batches)
        {
            var header = batch.Header;
            text.Append($"batch {header.BatchId:x16} at {batch.Offset} bytes {header.Bytes} header {header.HeaderBytes} {FormatName(header.Kind)} ");
            text.Append($"rewritten {header.IsRewritten} boot {header.BootId} cluster '{header.ClusterId}' time {header.TimeMs} ");
            text.Append($"groups {header.GroupCount} of {header.GroupsTaken} events {header.EventCount} of {header.EventsTaken} ");
            text.Append($"segment {header.SegmentNumber} number {header.NumberInSegment} before {header.EventsBefore}\n");
            Append(text, header.Mark);
            foreach (var group in content.Groups[header.BatchId])
            {
                text.Append($"  group {group.Number} first {group.FirstEvent} minute {group.ReceivedMinute}\n");
                foreach (var ev in group.Events)
                {
                    text.Append($"    {ev.Topic} bucket {ev.Bucket} hash {ev.KeyHash:x8} ");
                    text.Append($"key {Convert.ToHexStringLower(ev.Key)} value {Convert.ToHexStringLower(ev.Value)}\n");
                }
            }
        }

        foreach (var note in content.Scan.Notes)
        {
            text.Append($"note {note.BatchId:x16} {note.BootId} {note.TimeMs}{(note.Mark is null ? " without mark" : "")}\n");
            Append(text, note.Mark ?? BatchMark.Empty);
        }

        return text.Append($"damaged {content.IsDamaged}\n").ToString();
    }

    /// <summary>The format's word, which stays whatever the code calls it.</summary>
    private static string FormatName(BlockKind kind) => kind == BlockKind.Shipping ? "Shipping" : "Waiting";

    private static void Append(StringBuilder text, BatchMark stored)
    {
        MarkCodec.TryDecode(stored, out var mark).ShouldBeTrue();
        foreach (var topic in mark.Topics)
        {
            text.Append($"  mark {topic.Topic} {topic.Name} {topic.TopicId} {string.Join(' ', topic.Offsets)}\n");
        }
    }

    private static byte[] Golden(string name) => File.ReadAllBytes(PathOf(name));

    private static void ShouldBeGolden(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1")
        {
            File.WriteAllBytes(PathOf(name), bytes);
        }

        Golden(name).ShouldBe(bytes, name);
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "AdTracking.Emitter.Tests", "Data", "journal-v1", name);
}
