using System.Text;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

public sealed unsafe class GroupBufferTests
{
    private static readonly SchemaIdTable Ids = new([0x01020304, 2, 3, 4, 5, SchemaIdTable.Unknown]);

    [Fact]
    public void Commit_Events_StandAsTheyWillStandInABlock()
    {
        var group = new GroupBuffer(Ids);
        Add(group, EventTopic.Impression, "k1", "value one");
        Add(group, EventTopic.Bad, "key2", "v");

        group.IsFramed.ShouldBeTrue();
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
    public void Commit_TopicWithoutSchemaId_LeavesTheGroupWithoutFrames()
    {
        var group = new GroupBuffer(Ids);
        Add(group, EventTopic.Overflow, "k", "v");
        Add(group, EventTopic.Click, "k", "v");
        group.IsFramed.ShouldBeFalse();

        group.Clear(Ids);
        Add(group, EventTopic.Click, "k", "v");
        group.IsFramed.ShouldBeTrue();
    }

    [Fact]
    public void Commit_Events_CountsAndSumsThemByClassAndBucket()
    {
        var group = new GroupBuffer(Ids);
        long[] sums = [0, 0, 0, 0];
        (EventTopic Topic, byte Bucket, int Run)[] events =
            [(EventTopic.Click, 1, 0), (EventTopic.Click, 1, 0), (EventTopic.Click, 2, 1), (EventTopic.Impression, 2, 2), (EventTopic.Click, 1, 3)];
        foreach (var (topic, bucket, run) in events)
        {
            group.TryBegin(topic, "key"u8, out var value, bucket).ShouldBeTrue();
            value[..3].Fill(bucket);
            group.Commit(3);
            byte[] frame = topic == EventTopic.Click ? [0, 0, 0, 0, 2] : [0, 1, 2, 3, 4];
            sums[run] += EventSum.Of("key"u8, [.. frame, bucket, bucket, bucket]);
        }

        group.Runs.ToArray().Select(run => (run.Topic, run.Bucket, run.Events)).ShouldBe(
            [(EventTopic.Click, 1, 2), (EventTopic.Click, 2, 1), (EventTopic.Impression, 2, 1), (EventTopic.Click, 1, 1)]);
        group.Runs.ToArray().Select(run => run.Sum).ShouldBe(sums);
    }

    [Fact]
    public void Commit_MoreRunsThanThereIsRoomFor_CountsAllOfThem()
    {
        const int Events = 5_000;
        var group = new GroupBuffer(Ids);
        for (var i = 0; i < Events; i++)
        {
            group.TryBegin(EventTopic.Click, "k"u8, out _, (byte)(i % 2)).ShouldBeTrue();
            group.Commit(1);
        }

        group.Runs.Length.ShouldBe(Events);
        group.Clear(Ids);
        group.Runs.Length.ShouldBe(0);
    }

    [Fact]
    public void Cancel_EventBegun_LeavesWhatWasCommitted()
    {
        var group = new GroupBuffer(Ids);
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
        var group = new GroupBuffer(Ids);
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
        var group = new GroupBuffer(Ids);
        var count = 0;
        while (group.TryBegin(EventTopic.Click, "k"u8, out var value))
        {
            group.Commit(value.Length);
            count++;
        }

        group.Bytes.ShouldBeGreaterThanOrEqualTo(GroupBuffer.GroupBytesMax);
        count.ShouldBeInRange(63, 64);
        group.Clear(Ids);
        group.EventCount.ShouldBe(0);
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void TryBegin_KeyEmptyOrTooLong_Throws()
    {
        var group = new GroupBuffer(Ids);
        Should.Throw<ArgumentOutOfRangeException>(() => group.TryBegin(EventTopic.Click, default, out _));
        Should.Throw<ArgumentOutOfRangeException>(() => group.TryBegin(EventTopic.Click, new byte[GroupBuffer.KeyBytesMax + 1], out _));
    }

    private static void Add(GroupBuffer group, EventTopic topic, string key, string value)
    {
        group.TryBegin(topic, Encoding.UTF8.GetBytes(key), out var span).ShouldBeTrue();
        group.Commit(Encoding.UTF8.GetBytes(value, span));
    }
}
