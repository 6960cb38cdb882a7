using System.Text;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

public sealed unsafe class GroupBufferTests
{
    private static readonly SchemaIdTable Ids = new([0x01020304, 2, 3, 4, 5, SchemaIdTable.Unknown]);

    [Fact]
    public void TryStamp_CommittedEvents_StandAsTheyWillStandInABlock()
    {
        var group = new GroupBuffer();
        Add(group, EventTopic.Impression, "k1", "value one");
        Add(group, EventTopic.Bad, "key2", "v");
        Span<int> counts = stackalloc int[EventTopics.Count];
        group.TryStamp(Ids, counts).ShouldBeTrue();

        counts.ToArray().ShouldBe([1, 0, 0, 1, 0, 0]);
        var first = (EventHeader*)(group.Base + GroupHeader.Bytes);
        first->KeyLength.ShouldBe((ushort)2);
        first->ValueLength.ShouldBe(GroupBuffer.FrameBytes + 9);
        first->KeyHash.ShouldBe(Murmur2.Hash("k1"u8));
        var at = (byte*)first + EventHeader.Bytes;
        new ReadOnlySpan<byte>(at, 16).ToArray().ShouldBe("k1\0\x01\x02\x03\x04value one"u8.ToArray());
        var second = (EventHeader*)((byte*)first + first->RecordBytes);
        second->Topic.ShouldBe(EventTopic.Bad);
        second->Ordinal.ShouldBe((ushort)1);
        group.BadBytes.ShouldBe(second->RecordBytes);
        group.Bytes.ShouldBe(GroupHeader.Bytes + first->RecordBytes + second->RecordBytes);
        (first->RecordBytes % 8).ShouldBe(0);
    }

    [Fact]
    public void TryStamp_TopicWithoutSchemaId_SaysSo()
    {
        var group = new GroupBuffer();
        Add(group, EventTopic.Overflow, "k", "v");
        Span<int> counts = stackalloc int[EventTopics.Count];
        group.TryStamp(Ids, counts).ShouldBeFalse();
    }

    [Fact]
    public void Cancel_EventBegun_LeavesWhatWasCommitted()
    {
        var group = new GroupBuffer();
        Add(group, EventTopic.Click, "k", "first");
        var bytes = group.Bytes;
        group.TryBegin(EventTopic.Click, "other"u8, out _).ShouldBeTrue();
        group.Cancel();
        group.EventCount.ShouldBe(1);
        group.Bytes.ShouldBe(bytes);
    }

    [Fact]
    public void TryBegin_ValueOfTheLargestSize_HasRoom()
    {
        var group = new GroupBuffer();
        for (var i = 0; i < 8; i++)
        {
            group.TryBegin(EventTopic.Click, "k"u8, out var value).ShouldBeTrue();
            value.Length.ShouldBe(GroupBuffer.ValueBytesMax);
            value.Fill((byte)i);
            group.Commit(value.Length);
        }

        var header = (EventHeader*)(group.Base + GroupHeader.Bytes);
        for (var i = 0; i < 8; i++)
        {
            new ReadOnlySpan<byte>((byte*)header + EventHeader.Bytes + 1 + GroupBuffer.FrameBytes, GroupBuffer.ValueBytesMax)
                .IndexOfAnyExcept((byte)i).ShouldBe(-1);
            header = (EventHeader*)((byte*)header + header->RecordBytes);
        }
    }

    [Fact]
    public void TryBegin_GroupAtItsLimit_IsFalse()
    {
        var group = new GroupBuffer();
        var count = 0;
        while (group.TryBegin(EventTopic.Click, "k"u8, out var value))
        {
            group.Commit(value.Length);
            count++;
        }

        group.Bytes.ShouldBeGreaterThanOrEqualTo(GroupBuffer.GroupBytesMax);
        count.ShouldBeInRange(63, 64);
        group.Clear();
        group.EventCount.ShouldBe(0);
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void TryBegin_KeyEmptyOrTooLong_Throws()
    {
        var group = new GroupBuffer();
        Should.Throw<ArgumentOutOfRangeException>(() => group.TryBegin(EventTopic.Click, default, out _));
        Should.Throw<ArgumentOutOfRangeException>(() => group.TryBegin(EventTopic.Click, new byte[GroupBuffer.KeyBytesMax + 1], out _));
    }

    private static void Add(GroupBuffer group, EventTopic topic, string key, string value)
    {
        group.TryBegin(topic, Encoding.UTF8.GetBytes(key), out var span).ShouldBeTrue();
        group.Commit(Encoding.UTF8.GetBytes(value, span));
    }
}
