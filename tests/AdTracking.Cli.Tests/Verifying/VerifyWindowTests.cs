using AdTracking.Cli.Verifying;

namespace AdTracking.Cli.Tests.Verifying;

public sealed class VerifyWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 34, 56, TimeSpan.Zero);

    [Theory]
    [InlineData("90m", "2026-11-20T11:04:00Z")]
    [InlineData("24h", "2026-11-19T12:34:00Z")]
    [InlineData("2d", "2026-11-18T12:34:00Z")]
    public void TryParse_Length_GoesBackFromNow(string text, string from)
    {
        VerifyWindow.TryParse(text, Now, out var start, out var end).ShouldBeTrue();
        start.ShouldBe(DateTimeOffset.Parse(from));
        end.ShouldBe(new DateTimeOffset(2026, 11, 20, 12, 35, 0, TimeSpan.Zero));
    }

    [Fact]
    public void TryParse_FromAndTo_AreWholeMinutes()
    {
        VerifyWindow.TryParse("2026-11-20T00:00:30Z/2026-11-20T01:30:00+01:00", Now, out var start, out var end).ShouldBeTrue();
        start.ShouldBe(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));
        end.ShouldBe(new DateTimeOffset(2026, 11, 20, 0, 30, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0h")]
    [InlineData("-1h")]
    [InlineData("1w")]
    [InlineData("99999999d")]
    [InlineData("yesterday")]
    [InlineData("2026-11-20T00:00:00Z/")]
    [InlineData("2026-11-20T01:00:00Z/2026-11-20T00:00:00Z")]
    public void TryParse_AnythingElse_IsRefused(string text) => VerifyWindow.TryParse(text, Now, out _, out _).ShouldBeFalse();
}
