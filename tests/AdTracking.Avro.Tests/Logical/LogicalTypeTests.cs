using AdTracking.Avro.Logical;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class LogicalTypeTests
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    [Fact]
    public void Write_EveryLogicalType_ComesBack()
    {
        var room = new byte[256];
        AvroWriter writer = new(room);
        var id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        var local = new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(1234567);
        WriteAll(ref writer, id, local);
        AvroReader reader = new(writer.WrittenSpan);

        reader.ReadUuid().ShouldBe(id);
        reader.ReadUuidFixed().ShouldBe(id);
        reader.ReadDate().ShouldBe(new DateOnly(1970, 1, 2));
        reader.ReadTimeMillis().ShouldBe(new TimeOnly(1, 2, 3, 4));
        reader.ReadTimeMicros().ShouldBe(new TimeOnly(1, 2, 3, 4, 5));
        reader.ReadTimestampMillis().ShouldBe(Moment);
        reader.ReadTimestampMicros().ShouldBe(Moment);
        reader.ReadTimestampNanos().ShouldBe(Moment);
        reader.ReadLocalTimestampMillis().ShouldBe(local.AddTicks(-4567)); // down, before 1970 too
        reader.ReadLocalTimestampMicros().ShouldBe(local.AddTicks(-7));
        reader.ReadLocalTimestampNanos().ShouldBe(local);
        reader.ReadDuration().ShouldBe(new AvroDuration(1, 2, uint.MaxValue));
        reader.ReadEnd();
        reader.Error.ShouldBe(AvroReadError.None);
    }

    [Fact]
    public void Write_EveryLogicalType_AllocatesNothing()
    {
        var room = new byte[256];
        var id = Guid.NewGuid();
        long sum = 0;
        Allocations.Of(() =>
        {
            AvroWriter writer = new(room);
            WriteAll(ref writer, id, DateTime.UnixEpoch);
            writer.WriteDecimal(1.25m, 6);
            AvroReader reader = new(room);
            sum += reader.ReadUuid() == id ? writer.Written : 0;
        }).ShouldBe(0);
        sum.ShouldBePositive();
    }

    [Fact]
    public void WriteUuid_Value_IsItsText()
    {
        AvroWriter writer = new(new byte[64]);
        writer.WriteUuid(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        System.Text.Encoding.ASCII.GetString(writer.WrittenSpan).ShouldBe("H00112233-4455-6677-8899-aabbccddeeff");
    }

    [Theory]
    [InlineData("00112233-4455-6677-8899-aabbccddeef")]
    [InlineData("00112233-4455-6677-8899-aabbccddeefg")]
    [InlineData("00112233445566778899aabbccddeeff0000")]
    [InlineData("00112233-4455-6677-8899-aabbccddee\u00e9")]
    public void ReadUuid_NotAUuid_IsAnError(string text)
    {
        AvroReader reader = new(SlowAvro.String(text));
        reader.ReadUuid();
        reader.Error.ShouldBe(AvroReadError.BadLogicalValue);
    }

    [Fact]
    public void WriteTimestampNanos_BeyondSixtyFourBits_Fails()
    {
        AvroWriter writer = new(new byte[64]);
        writer.WriteTimestampNanos(new DateTimeOffset(2262, 4, 11, 0, 0, 0, TimeSpan.Zero));
        writer.Overflowed.ShouldBeFalse();
        writer.WriteTimestampNanos(new DateTimeOffset(2262, 4, 12, 0, 0, 0, TimeSpan.Zero));
        writer.Overflowed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-62135596800001)]
    [InlineData(253402300800000)]
    public void ReadTimestampMillis_BeyondTheCalendar_IsAnError(long millis)
    {
        AvroReader reader = new(SlowAvro.Long(millis));
        reader.ReadTimestampMillis();
        reader.Error.ShouldBe(AvroReadError.BadLogicalValue);
    }

    [Fact]
    public void TryDateTime_EndsOfTheCalendar_ComeBack()
    {
        foreach (var end in (DateTime[])[DateTime.MinValue, DateTime.MaxValue.AddTicks(-9999)])
        {
            AvroTime.TryDateTime(AvroTime.ToUnits(end, TimeSpan.TicksPerMillisecond), TimeSpan.TicksPerMillisecond, out var back).ShouldBeTrue();
            back.ShouldBe(end);
        }

        AvroTime.FromNanos(long.MinValue).Year.ShouldBe(1677);
        AvroTime.FromNanos(long.MaxValue).Year.ShouldBe(2262);
        AvroTime.TryDate(int.MaxValue, out _).ShouldBeFalse();
        AvroTime.TryDate(int.MinValue, out _).ShouldBeFalse();
        AvroTime.TryTime(86_400_000, TimeSpan.TicksPerMillisecond, out _).ShouldBeFalse();
        AvroTime.TryTime(86_399_999, TimeSpan.TicksPerMillisecond, out _).ShouldBeTrue();
        AvroTime.TryTime(-1, TimeSpan.TicksPerMillisecond, out _).ShouldBeFalse();
    }

    private static void WriteAll(ref AvroWriter writer, Guid id, DateTime local)
    {
        writer.WriteUuid(id);
        writer.WriteUuidFixed(id);
        writer.WriteDate(new DateOnly(1970, 1, 2));
        writer.WriteTimeMillis(new TimeOnly(1, 2, 3, 4));
        writer.WriteTimeMicros(new TimeOnly(1, 2, 3, 4, 5));
        writer.WriteTimestampMillis(Moment);
        writer.WriteTimestampMicros(Moment);
        writer.WriteTimestampNanos(Moment);
        writer.WriteLocalTimestampMillis(local);
        writer.WriteLocalTimestampMicros(local);
        writer.WriteLocalTimestampNanos(local);
        writer.WriteDuration(new AvroDuration(1, 2, uint.MaxValue));
    }
}
