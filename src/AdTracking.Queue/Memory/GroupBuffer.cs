using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>Where a thread builds a group before it is appended: the same layout as in a block, so that the append is one copy. Reused for
/// ever; not for two threads at once. Begin an event, write its Avro bytes, commit; then append the buffer. The commit is the one pass over an
/// event: it writes the frame, and counts and sums what the ledger will count.</summary>
public sealed unsafe class GroupBuffer
{
    /// <summary>Bytes of the Confluent frame (0x00 and a big-endian schema id) that stands before every Avro value.</summary>
    public const int FrameBytes = 5;

    /// <summary>The largest Avro value. An event's JSON is at most 32 KiB and what the gateway adds a few KiB.</summary>
    public const int ValueBytesMax = 128 * 1024;

    /// <summary>The longest key.</summary>
    public const int KeyBytesMax = 1024;

    /// <summary>A group larger than this is refused (413).</summary>
    public const int GroupBytesMax = 8 * 1024 * 1024;

    /// <summary>Events of one group; ordinals are 16 bits wide.</summary>
    public const int EventCountMax = 65_535;

    private const int InitialBytes = 256 * 1024;
    private const int KeptBytes = 1024 * 1024;
    private const int InitialRuns = 16;
    private const int KeptRuns = 4_096;
    private static int Threads;

    [ThreadStatic]
    private static GroupBuffer? ThreadBuffer;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(InitialBytes, pinned: true);
    private byte* _base;
    private AcceptedRun[] _runs = new AcceptedRun[InitialRuns];
    private int _runCount;
    private SchemaIdTable _ids = SchemaIdTable.None;
    private int _open = -1;

    /// <summary>A buffer for one thread's use, and the schema ids of its first events.</summary>
    public GroupBuffer(SchemaIdTable ids)
    {
        LaneHint = Interlocked.Increment(ref Threads) - 1;
        _base = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        Clear(ids);
    }

    /// <summary>The calling thread's own buffer, empty, and the schema ids of its next events.</summary>
    public static GroupBuffer ForThisThread(SchemaIdTable ids)
    {
        ThreadBuffer ??= new GroupBuffer(ids);
        ThreadBuffer.Clear(ids);
        return ThreadBuffer;
    }

    /// <summary>Events committed.</summary>
    public int EventCount { get; private set; }

    /// <summary>Bytes that the group will take in the queue.</summary>
    public int Bytes { get; private set; }

    /// <summary>The minute that the group's events were received in, counted from 1970; the ledger counts them there. 0 stands for the
    /// pipeline's clock at the append.</summary>
    public int ReceivedMinute { get; set; }

    /// <summary>Bytes of it that count against the share of bad events.</summary>
    internal int BadBytes { get; private set; }

    /// <summary>Bit per topic that occurs.</summary>
    internal int TopicBits { get; private set; }

    /// <summary>Whether every event's topic has a schema id, and so every event its frame.</summary>
    internal bool IsFramed { get; private set; }

    /// <summary>What the ledger counts of it: requests come from one publisher mostly, so that runs are counted at once.</summary>
    internal ReadOnlySpan<AcceptedRun> Runs => _runs.AsSpan(0, _runCount);

    /// <summary>Spreads threads over lanes.</summary>
    internal int LaneHint { get; }

    /// <summary>The group's header; events follow it.</summary>
    internal byte* Base => _base;

    /// <summary>Its events.</summary>
    internal EventCursor Events => new(_base + GroupHeader.Bytes, _base + Bytes);

    /// <summary>Its bad events do not count against their share of the queue: they stand for events that were accepted.</summary>
    internal void ExemptFromShare() => BadBytes = 0;

    /// <summary>Forgets everything. The next events get these schema ids: an id that is known does not change.</summary>
    public void Clear(SchemaIdTable ids)
    {
        if (_bytes.Length > KeptBytes)
        {
            Resize(InitialBytes, keep: 0);
        }

        if (_runs.Length > KeptRuns)
        {
            _runs = new AcceptedRun[InitialRuns];
        }

        _ids = ids;
        _runCount = 0;
        IsFramed = true;
        EventCount = 0;
        Bytes = GroupHeader.Bytes;
        BadBytes = 0;
        TopicBits = 0;
        ReceivedMinute = 0;
        _open = -1;
    }

    /// <summary>Begins an event. <paramref name="value"/> is where its Avro bytes go, <see cref="ValueBytesMax"/> long; the frame before it
    /// is written by the commit. False when the group cannot take another event. The bucket is the ledger's.</summary>
    public bool TryBegin(EventTopic topic, ReadOnlySpan<byte> key, out Span<byte> value, byte bucket = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(key.Length, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyBytesMax, nameof(key));
        Invariant.Holds(_open < 0, "an event is committed or cancelled before the next begins");
        value = default;
        if (EventCount >= EventCountMax || Bytes >= GroupBytesMax)
        {
            return false;
        }

        var room = EventHeader.RecordBytesOf(key.Length, FrameBytes + ValueBytesMax);
        if (_bytes.Length - Bytes < room)
        {
            Resize(Math.Max(_bytes.Length * 2, Bytes + room), Bytes);
        }

        var header = (EventHeader*)(_base + Bytes);
        *header = default;
        header->KeyLength = (ushort)key.Length;
        header->KeyHash = Murmur2.Hash(key);
        header->Topic = topic;
        header->Bucket = bucket;
        header->Ordinal = (ushort)EventCount;
        var keyAt = _base + Bytes + EventHeader.Bytes;
        key.CopyTo(new Span<byte>(keyAt, key.Length));
        value = new Span<byte>(keyAt + key.Length + FrameBytes, ValueBytesMax);
        _open = Bytes;
        return true;
    }

    /// <summary>Ends the event that was begun, with the number of Avro bytes written.</summary>
    public void Commit(int written)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(written);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(written, ValueBytesMax);
        Invariant.Holds(_open >= 0, "an event is begun before it is committed");
        var header = (EventHeader*)(_base + _open);
        header->ValueLength = FrameBytes + written;
        var bytes = header->RecordBytes;
        if (header->Topic == EventTopic.Bad)
        {
            BadBytes += bytes;
        }

        TopicBits |= 1 << (int)header->Topic;
        Bytes = _open + bytes;
        EventCount++;
        WriteFrame(header);
        AddToRun(header);
        _open = -1;
    }

    /// <summary>Drops the event that was begun; what was committed before stays.</summary>
    public void Cancel() => _open = -1;

    private void WriteFrame(EventHeader* header)
    {
        var id = _ids[(int)header->Topic];
        IsFramed &= id >= 0;
        var frame = (byte*)header + EventHeader.Bytes + header->KeyLength;
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(frame + 1, sizeof(int)), id);
    }

    private void AddToRun(EventHeader* header)
    {
        if (_runCount == 0 || _runs[_runCount - 1].Topic != header->Topic || _runs[_runCount - 1].Bucket != header->Bucket)
        {
            if (_runCount == _runs.Length)
            {
                Array.Resize(ref _runs, _runCount * 2);
            }

            _runs[_runCount++] = new AcceptedRun { Topic = header->Topic, Bucket = header->Bucket };
        }

        ref var run = ref _runs[_runCount - 1];
        var key = (byte*)header + EventHeader.Bytes;
        run.Events++;
        run.Sum += EventSum.Of(new ReadOnlySpan<byte>(key, header->KeyLength), new ReadOnlySpan<byte>(key + header->KeyLength, header->ValueLength));
    }

    private void Resize(int bytes, int keep)
    {
        var larger = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        _bytes.AsSpan(0, keep).CopyTo(larger);
        _bytes = larger;
        _base = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(larger));
    }
}
