using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class AvroWriterTests
{
    private static readonly byte[] Text = "ad-1"u8.ToArray();

    [Fact]
    public void Write_EveryType_AddsUp()
    {
        Span<byte> room = stackalloc byte[256];
        AvroWriter writer = new(room);

        WriteAll(ref writer);

        writer.Overflowed.ShouldBeFalse();
        Convert.ToHexString(writer.WrittenSpan).ShouldBe(
            "01" + "7F" + "8001" + "0000C03F" + "000000000000F83F" + "0861642D31" + "06C3A978" + "0861642D31" + "61642D31" + "04" + "02"
            + "04020400" + "0202610600" + "03020200");
    }

    [Fact]
    public void Write_EveryTooSmallRoom_OverflowsForGoodAndKeepsWithin()
    {
        var whole = new byte[256];
        AvroWriter all = new(whole);
        WriteAll(ref all);
        for (var size = 0; size < all.Written; size++)
        {
            var room = new byte[size + 8];
            Array.Fill(room, (byte)0xEE, size, 8);
            AvroWriter writer = new(room.AsSpan(0, size));

            WriteAll(ref writer);
            var written = writer.Written;
            writer.WriteNull();
            writer.WriteLong(0);
            writer.WriteFixed([]);

            writer.Overflowed.ShouldBeTrue($"in {size}");
            writer.Written.ShouldBe(written);
            whole.AsSpan(0, written).SequenceEqual(writer.WrittenSpan).ShouldBeTrue();
            room.AsSpan(size).ContainsAnyExcept((byte)0xEE).ShouldBeFalse();
        }
    }

    [Fact]
    public void Write_EveryType_AllocatesNothing()
    {
        var room = new byte[256];
        long sum = 0;
        var allocated = Allocations.Of(() =>
        {
            AvroWriter writer = new(room);
            WriteAll(ref writer);
            AvroReader reader = new(room, AvroReadLimits.Default);
            ReadAll(ref reader);
            sum += writer.Written + reader.Position;
        });

        allocated.ShouldBe(0);
        sum.ShouldBePositive();
    }

    [Fact]
    public void Read_EveryType_GivesWhatWasWritten()
    {
        var room = new byte[256];
        AvroWriter writer = new(room);
        WriteAll(ref writer);
        AvroReader reader = new(writer.WrittenSpan);

        ReadAll(ref reader);
        reader.ReadEnd();

        reader.Error.ShouldBe(AvroReadError.None);
        reader.Position.ShouldBe(writer.Written);
    }

    [Fact]
    public void Read_EveryPrefix_IsAnErrorAndNeverGoesBeyond()
    {
        var room = new byte[256];
        AvroWriter writer = new(room);
        WriteAll(ref writer);
        for (var length = 0; length < writer.Written; length++)
        {
            AvroReader reader = new(room.AsSpan(0, length));

            ReadAllUnchecked(ref reader);

            reader.Failed.ShouldBeTrue($"{length} bytes");
            reader.Position.ShouldBeLessThanOrEqualTo(length);
        }
    }

    private static void WriteAll(ref AvroWriter writer)
    {
        writer.WriteNull();
        writer.WriteBoolean(true);
        writer.WriteInt(-64);
        writer.WriteLong(64);
        writer.WriteFloat(1.5f);
        writer.WriteDouble(1.5);
        writer.WriteBytes(Text);
        writer.WriteString("\u00E9x");
        writer.WriteStringUtf8(Text);
        writer.WriteFixed(Text);
        writer.WriteEnum(2);
        writer.WriteUnionIndex(1);
        writer.WriteArrayStart(2);
        writer.WriteInt(1);
        writer.WriteInt(2);
        writer.WriteBlockEnd();
        writer.WriteMapStart(1);
        writer.WriteString("a");
        writer.WriteInt(3);
        writer.WriteBlockEnd();
        writer.WriteSizedBlockStart(2, 1);
        writer.WriteEncoded([2]);
        writer.WriteBlockEnd();
    }

    private static void ReadAll(ref AvroReader reader)
    {
        reader.ReadNull();
        Same(reader.ReadBoolean(), true);
        Same(reader.ReadInt(), -64);
        Same(reader.ReadLong(), 64L);
        Same(reader.ReadFloat(), 1.5f);
        Same(reader.ReadDouble(), 1.5);
        Same(reader.ReadBytes().SequenceEqual(Text), true);
        Same(reader.ReadStringUtf8().SequenceEqual("\u00E9x"u8), true);
        Same(reader.ReadStringUtf8().SequenceEqual(Text), true);
        Same(reader.ReadFixed(4).SequenceEqual(Text), true);
        Same(reader.ReadEnum(3), 2);
        Same(reader.ReadUnionIndex(2), 1);
        Same(reader.ReadArrayBlock(1), 2);
        Same(reader.ReadInt() + reader.ReadInt(), 3);
        Same(reader.ReadArrayBlock(1), 0);
        Same(reader.ReadMapBlock(1), 1);
        Same(reader.ReadStringUtf8().SequenceEqual("a"u8), true);
        Same(reader.ReadInt(), 3);
        Same(reader.ReadMapBlock(1), 0);
        Same(reader.ReadArrayBlock(0, out var size), 2);
        Same(size, 1);
        reader.Skip(size);
        Same(reader.ReadArrayBlock(1), 0);
    }

    private static void ReadAllUnchecked(ref AvroReader reader)
    {
        reader.ReadBoolean();
        reader.ReadInt();
        reader.ReadLong();
        reader.ReadFloat();
        reader.ReadDouble();
        reader.ReadBytes();
        reader.ReadStringUtf8();
        reader.ReadString();
        reader.ReadFixed(4);
        reader.ReadEnum(3);
        reader.ReadUnionIndex(2);
        for (var left = reader.ReadArrayBlock(1); left > 0; left = reader.ReadArrayBlock(1))
        {
            reader.Skip(left);
        }

        for (var left = reader.ReadMapBlock(1); left > 0; left = reader.ReadMapBlock(1))
        {
            reader.Skip(3 * left);
        }

        for (var left = reader.ReadArrayBlock(0, out var size); left > 0; left = reader.ReadArrayBlock(0, out size))
        {
            reader.Skip(size);
        }

        reader.ReadEnd();
    }

    // Not Shouldly: it would allocate, and this runs inside an allocation test.
    private static void Same<T>(T actual, T expected)
        where T : struct, IEquatable<T>
    {
        if (!actual.Equals(expected))
        {
            throw new InvalidOperationException($"{actual} is not {expected}");
        }
    }
}
