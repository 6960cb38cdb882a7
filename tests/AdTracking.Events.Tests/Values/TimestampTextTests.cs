using System.Globalization;
using System.Text;
using AdTracking.Events.Values;

namespace AdTracking.Events.Tests.Values;

public sealed class TimestampTextTests
{
    [Theory]
    [InlineData("2016-01-17T8:15:07.127-05", "2016-01-17T13:15:07.127Z")] // VAST's own example
    [InlineData("2016-01-17T08:15:07.127-05:00", "2016-01-17T13:15:07.127Z")]
    [InlineData("2016-01-17T08:15:07.127-0500", "2016-01-17T13:15:07.127Z")]
    [InlineData("2016-01-17T08:15:07+05:30", "2016-01-17T02:45:07Z")]
    [InlineData("2016-01-17T08:15:07 05:30", "2016-01-17T02:45:07Z")] // a plus that a query turned into a blank
    [InlineData("2024-02-29T23:59:59.9Z", "2024-02-29T23:59:59.900Z")]
    [InlineData("2024-02-29T23:59:59.123999999Z", "2024-02-29T23:59:59.123Z")]
    [InlineData("2024-02-29T23:59:59,5z", "2024-02-29T23:59:59.500Z")]
    [InlineData("2000-01-01t00:00:00+00", "2000-01-01T00:00:00Z")]
    [InlineData("1735689600123", "2025-01-01T00:00:00.123Z")]
    public void TryParse_Time_IsThatTime(string text, string expected)
    {
        TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var unixMs).ShouldBeTrue();

        unixMs.ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("2024-00-01T00:00:00Z")]
    [InlineData("2024-01-00T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T00:60:00Z")]
    [InlineData("2024-01-01T00:00:60Z")]
    [InlineData("2024-01-01T00:00:00")] // no zone: whose time is it?
    [InlineData("2024-01-01T00:00:00.Z")]
    [InlineData("2024-01-01T00:00:00+5")]
    [InlineData("2024-01-01T00:00:00+05:3")]
    [InlineData("2024-01-01T00:00:00+05:60")]
    [InlineData("2024-01-01T00:00:00+24")]
    [InlineData("2024-01-01T00:00:00+05:30x")]
    [InlineData("2024-01-01T:00:00Z")]
    [InlineData("2024-01-01T000:00:00Z")]
    [InlineData("2024-01-01 00:00:00Z")]
    [InlineData("20240101T000000Z")]
    [InlineData("2024-01-01")]
    [InlineData("1735689600.123")]
    [InlineData("12345678901234567890")]
    public void TryParse_NoTime_IsRefused(string text) => TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void TryParse_AnyTimeAndZone_AgreesWithDateTimeOffset() => EventFuzz.ForSeeds(2000, random =>
    {
        var zone = TimeSpan.FromMinutes(random.Next(-13 * 60, 13 * 60));
        var time = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(0, 4_000_000_000_000)).ToOffset(zone);
        var text = time.ToString(random.Next(2) == 0 ? "yyyy-MM-ddTHH:mm:ss.fffzzz" : "yyyy-MM-ddTH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var unixMs).ShouldBeTrue(text);
        unixMs.ShouldBe(time.ToUnixTimeMilliseconds(), text);
    });

    [Fact]
    public void TryParse_Garbage_DoesNotThrow() => EventFuzz.ForSeeds(5000, random =>
    {
        var text = EventFuzz.Mutate("2016-01-17T8:15:07.127-05"u8.ToArray(), random);
        Should.NotThrow(() => TimestampText.TryParse(text, out _));
    });
}
