using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A block with groups in it, as the lanes write them.</summary>
internal sealed unsafe class SampleBlock : IDisposable
{
    private readonly GroupBuffer _group = new(SchemaIdTable.None);

    public QueueBlock Block { get; } = new(0);

    /// <summary>Empties the block.</summary>
    public void Clear() => Block.Open(BlockKind.Shipping, 0, 1);

    /// <summary>Publishes a group; returns its offset.</summary>
    public int Add(SampleGroup group)
    {
        _group.Clear(SchemaIdTable.None);
        foreach (var ev in group.Events)
        {
            _group.TryBegin(ev.Topic, ev.Key, out var value, ev.Bucket).ShouldBeTrue();
            ev.Value.AsSpan(GroupBuffer.FrameBytes).CopyTo(value);
            _group.Commit(ev.Value.Length - GroupBuffer.FrameBytes);
        }

        var offset = Block.Tail;
        Block.Room.ShouldBeGreaterThanOrEqualTo(_group.Bytes);
        var at = Block.Base + offset;
        new ReadOnlySpan<byte>(_group.Base, _group.Bytes).CopyTo(new Span<byte>(at, _group.Bytes));
        *(GroupHeader*)at = new GroupHeader
        {
            Length = _group.Bytes,
            EventCount = group.Events.Count,
            Number = 0x7777_7777_7777_7777,
            WaiterIndex = -1,
            Remaining = group.Events.Count,
            ReceivedMinute = group.ReceivedMinute,
        };
        at += GroupHeader.Bytes;
        foreach (var ev in group.Events)
        {
            var header = (EventHeader*)at;
            ev.Value.AsSpan(0, GroupBuffer.FrameBytes).CopyTo(new Span<byte>(at + EventHeader.Bytes + ev.Key.Length, GroupBuffer.FrameBytes));
            at += header->RecordBytes;
        }

        Block.Publish(_group.Bytes, 0);
        return offset;
    }

    /// <summary>Does to the bookkeeping of a published group what shipper and delivery thread do while it is spilled.</summary>
    public void Disturb(int offset)
    {
        var group = (GroupHeader*)(Block.Base + offset);
        group->Remaining = 0;
        group->WaiterIndex = 17;
        group->Batch = 4;
        group->BatchEventBase = 99;
        group->BatchGroup = 12;
        for (var at = Block.Base + offset + GroupHeader.Bytes; at < Block.Base + offset + group->Length;)
        {
            var header = (EventHeader*)at;
            at += header->RecordBytes;
            header->State = EventState.InFlight;
            header->Next = ulong.MaxValue;
            header->PartitionIndex = 11;
            header->Attempts = 3;
            header->Alone = 1;
            header->GroupOffset = offset;
        }
    }

    public void Dispose() => Block.Free();
}
