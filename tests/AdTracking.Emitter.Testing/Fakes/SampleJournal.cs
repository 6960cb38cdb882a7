using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Writes batches of random events into a segment, and knows what it wrote.</summary>
internal sealed class SampleJournal : IDisposable
{
    private readonly SampleBlock _block = new();
    private readonly BatchWriter _writer = new(2 * 1024 * 1024);
    private readonly Random _random;

    public SampleJournal(Random random, int segmentBytes = 256 * 1024, int noteBytes = 8192, long number = 1, MemoryFiles? files = null)
    {
        _random = random;
        Files = files ?? new MemoryFiles();
        Segment = JournalSegment.Create(Files, number, segmentBytes, noteBytes, BootId, 1_700_000_000_000, out var error)!;
        error.ShouldBe(0);
    }

    public static Guid BootId { get; } = new("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");

    public MemoryFiles Files { get; }

    public JournalSegment Segment { get; }

    public List<SampleBatch> Batches { get; } = [];

    public string Name => JournalFormat.SegmentName(Segment.Number);

    public string NotesName => JournalFormat.NotesName(Segment.Number);

    public int EventCount => Batches.Sum(batch => batch.Header.EventCount);

    public static BatchMark RandomMark(Random random, int topics = 3, int partitions = 12) => MarkCodec.Encode(new JournalMark(
        [.. Enumerable.Range(0, topics).Select(topic => new TopicMark(
            (EventTopic)topic,
            "ad." + ((EventTopic)topic).Tag(),
            random.Next(2) == 0 ? Guid.Empty : RandomGuid(random),
            [.. Enumerable.Range(0, partitions).Select(_ => random.Next(4) == 0 ? JournalMark.Unknown : random.NextInt64(-1, 1L << 40))]))]));

    /// <summary>A header as the spiller makes it, placed in the segment.</summary>
    public BatchHeader NextHeader(BlockKind kind = BlockKind.Shipping, BatchMark? mark = null)
    {
        var header = new BatchHeader
        {
            BatchId = (ulong)_random.NextInt64(1, long.MaxValue),
            Kind = kind,
            BootId = BootId,
            ClusterId = "lkc-7f3kQyRqSxmB1sPz0aVd9w",
            TimeMs = 1_700_000_000_000 + _random.Next(1_000_000),
            Mark = mark ?? RandomMark(_random),
        };
        header.PlaceIn(Segment);
        return header;
    }

    /// <summary>Writes a batch of random groups.</summary>
    public SampleBatch Add(int groups = 8, int eventsMax = 6, int valueBytesMax = 300, BlockKind kind = BlockKind.Shipping)
    {
        var made = new List<SampleGroup>();
        var firstEvent = 0;
        for (var number = 0; number < groups; number++)
        {
            SampleEvent[] events = [.. Enumerable.Range(0, _random.Next(1, eventsMax + 1)).Select(_ => SampleEvent.Random(_random, valueBytesMax))];
            made.Add(new SampleGroup(number, firstEvent, 28_000_000 + _random.Next(100), events));
            firstEvent += events.Length;
        }

        return Add(NextHeader(kind), made);
    }

    /// <summary>Writes these groups as the segment's next batch.</summary>
    public SampleBatch Add(BatchHeader header, IReadOnlyList<SampleGroup> groups)
    {
        Segment.Write(Encode(header, groups), out var offset).ShouldBe(0);
        var batch = new SampleBatch(header, offset, groups);
        Batches.Add(batch);
        return batch;
    }

    /// <summary>The bytes of a batch. They stand until the next call.</summary>
    public ReadOnlySpan<byte> Encode(BatchHeader header, IReadOnlyList<SampleGroup> groups)
    {
        _writer.Begin(header);
        foreach (var group in groups)
        {
            _block.Clear();
            var offset = _block.Add(group);
            var room = _writer.Room;
            var bytes = BatchWriter.GroupBytes(_block.Block, offset);
            _block.Disturb(offset);
            _writer.Add(_block.Block, offset, group.Number, group.FirstEvent);
            _writer.Room.ShouldBe(room - bytes);
        }

        return _writer.End();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _block.Dispose();
    }

    private static Guid RandomGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
