using System.Globalization;
using System.Numerics;
using System.Text;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;
using AdTracking.Events.Values;

namespace AdTracking.Events.Tests.Values;

public sealed class MoneyMicrosTests
{
    [Theory]
    [InlineData("0", 0, false)]
    [InlineData("0.1", 100_000, false)]
    [InlineData("0.2", 200_000, false)]
    [InlineData("0.3", 300_000, false)]
    [InlineData("1.25", 1_250_000, false)]
    [InlineData("1.000001", 1_000_001, false)]
    [InlineData("1.0000010000", 1_000_001, false)]
    [InlineData("0.0000005", 0, true)] // half, to even
    [InlineData("0.0000015", 2, true)] // half, to even
    [InlineData("0.0000025", 2, true)] // half, to even
    [InlineData("0.00000250000000000000000000000000000000000000000000000000000000001", 3, true)] // more than half
    [InlineData("0.0000004", 0, true)]
    [InlineData("0.9999999", 1_000_000, true)]
    [InlineData("125e-2", 1_250_000, false)]
    [InlineData("1.25E+0", 1_250_000, false)]
    [InlineData("0.00000125e6", 1_250_000, false)]
    [InlineData("1e-400", 0, true)]
    [InlineData("0e999999999999", 0, false)]
    [InlineData("-0", 0, false)]
    [InlineData("-0.00", 0, false)]
    [InlineData("99999999.999999", 99_999_999_999_999, false)]
    [InlineData("100000000", 100_000_000_000_000, false)]
    public void Parse_Number_IsExact(string text, long micros, bool rounded)
    {
        MoneyMicros.Parse(Encoding.UTF8.GetBytes(text), out var value, out var wasRounded).ShouldBe(FaultCode.None);

        (value, wasRounded).ShouldBe((micros, rounded));
    }

    [Theory]
    [InlineData("-0.5", FaultCode.BadMoney)]
    [InlineData("-1e-30", FaultCode.BadMoney)]
    [InlineData("", FaultCode.BadMoney)]
    [InlineData(".5", FaultCode.BadMoney)]
    [InlineData("5.", FaultCode.BadMoney)]
    [InlineData("1,25", FaultCode.BadMoney)]
    [InlineData("1.2.5", FaultCode.BadMoney)]
    [InlineData("$1", FaultCode.BadMoney)]
    [InlineData(" 1", FaultCode.BadMoney)]
    [InlineData("01", FaultCode.BadMoney)]
    [InlineData("1e", FaultCode.BadMoney)]
    [InlineData("NaN", FaultCode.BadMoney)]
    [InlineData("Infinity", FaultCode.BadMoney)]
    [InlineData("0x10", FaultCode.BadMoney)]
    [InlineData("100000000.000001", FaultCode.OutOfRange)]
    [InlineData("1e30", FaultCode.OutOfRange)]
    [InlineData("1e999999999999999999999", FaultCode.OutOfRange)]
    public void Parse_NoPrice_IsRefused(string text, FaultCode code) =>
        MoneyMicros.Parse(Encoding.UTF8.GetBytes(text), out _, out _).ShouldBe(code);

    [Fact]
    public void Parse_SumOfTenths_IsWhatPeopleExpect()
    {
        MoneyMicros.Parse("0.1"u8, out var first, out _);
        MoneyMicros.Parse("0.2"u8, out var second, out _);
        MoneyMicros.Parse("0.3"u8, out var sum, out _);

        (first + second).ShouldBe(sum);
    }

    [Fact]
    public void Parse_RandomNumber_AgreesWithBigIntegers() => EventFuzz.ForSeeds(20_000, random =>
    {
        var text = Digits(random, 1, 12);
        if (random.Next(3) > 0)
        {
            text += "." + Digits(random, 1, random.Next(4) == 0 ? 60 : 10, leadingZero: true);
        }

        if (random.Next(3) == 0)
        {
            text += "eE"[random.Next(2)] + new[] { "", "+", "-" }[random.Next(3)] + random.Next(random.Next(2) == 0 ? 5 : 50);
        }

        var exact = SlowDecimal.Micros(text);
        var code = MoneyMicros.Parse(Encoding.UTF8.GetBytes(text), out var micros, out var rounded);
        if (exact.Value > EventLimits.MoneyMicrosMax)
        {
            code.ShouldBe(FaultCode.OutOfRange, text);
            return;
        }

        (code, (BigInteger)micros, rounded).ShouldBe((FaultCode.None, exact.Value, exact.Rounded), text);
    });

    private static string Digits(Random random, int min, int max, bool leadingZero = false)
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(min, max + 1)).Select(_ => "0123456789505000"[random.Next(16)]));
        return leadingZero ? digits : BigInteger.Parse(digits, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
