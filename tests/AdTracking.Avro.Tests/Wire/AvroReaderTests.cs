using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class AvroReaderTests
{
    private const string Huge = "8080808080808080808001"; // cut below: 2^62 as a long
    private static readonly byte[] TwoTo62 = SlowAvro.Long(1L << 62);
    private static readonly byte[] MinusTwoTo63 = SlowAvro.Long(long.MinValue);

    [Fact]
    public void ReadBytes_HostileLengths_AreErrorsAtOnce()
    {
        ErrorOf(TwoTo62, (ref AvroReader r) => r.ReadBytes()).ShouldBe(AvroReadError.LengthBeyondData);
        ErrorOf(MinusTwoTo63, (ref AvroReader r) => r.ReadBytes()).ShouldBe(AvroReadError.NegativeLength);
        ErrorOf(Convert.FromHexString(Huge), (ref AvroReader r) => r.ReadBytes()).ShouldBe(AvroReadError.BadVarint);
        ErrorOf([4, 1], (ref AvroReader r) => r.ReadString()).ShouldBe(AvroReadError.LengthBeyondData);
        ErrorOf([4, 0xC0, 0x80], (ref AvroReader r) => r.ReadString()).ShouldBe(AvroReadError.BadUtf8);
    }

    [Fact]
    public void ReadBytes_BeyondTheLimit_IsTooLong()
    {
        byte[] data = [20, .. new byte[10]];
        AvroReader reader = new(data, AvroReadLimits.Default with { ValueBytesMax = 9 });
        reader.ReadBytes();
        reader.Error.ShouldBe(AvroReadError.TooLong);

        AvroReader allowed = new(data, AvroReadLimits.Default with { ValueBytesMax = 10 });
        allowed.ReadBytes().Length.ShouldBe(10);
    }

    [Fact]
    public void ReadArrayBlock_HostileCounts_AreErrorsAtOnce()
    {
        ErrorOf(TwoTo62, (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.CountBeyondData);
        ErrorOf(TwoTo62, (ref AvroReader r) => r.ReadArrayBlock(0)).ShouldBe(AvroReadError.TooManyItems);
        ErrorOf(MinusTwoTo63, (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.EndOfData);
        ErrorOf([.. MinusTwoTo63, 0], (ref AvroReader r) => r.ReadArrayBlock(0)).ShouldBe(AvroReadError.TooManyItems);
        ErrorOf([.. MinusTwoTo63, 0], (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.CountBeyondData);
        ErrorOf([1, .. TwoTo62], (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.CountBeyondData);
        ErrorOf([1, .. MinusTwoTo63], (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.NegativeLength);
        ErrorOf([3, 2, 0, 0], (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.CountBeyondData); // 2 items in 1 byte
        ErrorOf([4, 0], (ref AvroReader r) => r.ReadArrayBlock(1)).ShouldBe(AvroReadError.CountBeyondData);
        ErrorOf([2, 0], (ref AvroReader r) => r.ReadMapBlock(1)).ShouldBe(AvroReadError.CountBeyondData);
        ErrorOf([2, 0, 0], (ref AvroReader r) => r.ReadMapBlock(1)).ShouldBe(AvroReadError.None);
        ErrorOf([2, 0, 0], (ref AvroReader r) => r.ReadMapBlock(int.MaxValue)).ShouldBe(AvroReadError.CountBeyondData);
    }

    [Fact]
    public void ReadArrayBlock_ManyBlocksOfNothing_AreBoundedInTotal()
    {
        // 1,000 blocks of 1,000 items of no bytes fit the limit, one more item does not.
        byte[] data = [.. Enumerable.Repeat(SlowAvro.Long(1000), 1000).SelectMany(block => block), 2, 0];
        AvroReader reader = new(data);
        long items = 0;
        for (var count = reader.ReadArrayBlock(0); count > 0; count = reader.ReadArrayBlock(0))
        {
            items += count;
        }

        items.ShouldBe(1_000_000);
        reader.Error.ShouldBe(AvroReadError.TooManyItems);
    }

    [Fact]
    public void Enter_BeyondTheDepth_IsTooDeep()
    {
        AvroReader reader = new([], AvroReadLimits.Default with { DepthMax = 2 });
        reader.Enter().ShouldBeTrue();
        reader.Enter().ShouldBeTrue();
        reader.Leave();
        reader.Enter().ShouldBeTrue();
        reader.Enter().ShouldBeFalse();
        reader.Error.ShouldBe(AvroReadError.TooDeep);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(-1, false)]
    [InlineData(int.MaxValue, false)]
    public void ReadEnum_Index_LiesWithinTheSymbols(int index, bool valid)
    {
        var data = SlowAvro.Long(index);
        ErrorOf(data, (ref AvroReader r) => r.ReadEnum(3)).ShouldBe(valid ? AvroReadError.None : AvroReadError.BadEnumIndex);
        ErrorOf(data, (ref AvroReader r) => r.ReadUnionIndex(3)).ShouldBe(valid ? AvroReadError.None : AvroReadError.BadUnionIndex);
    }

    [Fact]
    public void Read_AfterAnError_StaysWithTheFirstAndGivesNothing()
    {
        AvroReader reader = new([2, 2, 2, 2]);
        reader.ReadInt().ShouldBe(1);
        reader.ReadFixed(100);
        reader.Error.ShouldBe(AvroReadError.EndOfData);
        reader.Position.ShouldBe(1);

        reader.ReadBoolean().ShouldBeFalse();
        reader.ReadInt().ShouldBe(0);
        reader.ReadLong().ShouldBe(0);
        reader.ReadFloat().ShouldBe(0);
        reader.ReadDouble().ShouldBe(0);
        reader.ReadString().ShouldBe("");
        reader.ReadBytes().Length.ShouldBe(0);
        reader.ReadFixed(1).Length.ShouldBe(0);
        reader.ReadEnum(1).ShouldBe(0);
        reader.ReadArrayBlock(0).ShouldBe(0);
        reader.Enter().ShouldBeFalse();
        reader.ReadEnd();
        reader.Remaining.ShouldBe(0);
        (reader.Error, reader.Position).ShouldBe((AvroReadError.EndOfData, 1));
    }

    [Fact]
    public void ReadFixed_NegativeSize_IsAnError() =>
        ErrorOf([1, 2], (ref AvroReader r) => r.ReadFixed(-1)).ShouldBe(AvroReadError.EndOfData);

    [Theory]
    [InlineData("", AvroReadError.EndOfData)]
    [InlineData("80", AvroReadError.EndOfData)]
    [InlineData("80808080", AvroReadError.EndOfData)]
    [InlineData("8080808080", AvroReadError.BadVarint)]
    [InlineData("FFFFFFFF1F", AvroReadError.BadVarint)]
    public void ReadInt_CutOrTooLong_AreToldApart(string hex, AvroReadError expected) =>
        ErrorOf(Convert.FromHexString(hex), (ref AvroReader r) => r.ReadInt()).ShouldBe(expected);

    [Fact]
    public void ReadEnd_BytesLeft_IsAnError()
    {
        ErrorOf([0], (ref AvroReader r) => r.ReadEnd()).ShouldBe(AvroReadError.TrailingBytes);
        ErrorOf([], (ref AvroReader r) => r.ReadEnd()).ShouldBe(AvroReadError.None);
    }

    private delegate void Reading(ref AvroReader reader);

    private static AvroReadError ErrorOf(byte[] data, Reading read)
    {
        AvroReader reader = new(data);
        read(ref reader);
        return reader.Error;
    }
}
