using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Values;

/// <summary>Decimal money text to integer micros, never through floating point.</summary>
public static class MoneyMicros
{
    /// <summary>Reads a decimal number as JSON writes it.</summary>
    /// <param name="text">UTF-8, for example <c>1.25</c> or <c>125e-2</c>.</param>
    /// <param name="micros">Millionths; digits beyond are rounded half to even.</param>
    /// <param name="rounded">Digits were rounded away.</param>
    /// <returns><see cref="FaultCode.None"/>; <see cref="FaultCode.BadMoney"/> for anything but a number that is not negative;
    /// <see cref="FaultCode.OutOfRange"/> above <see cref="EventLimits.MoneyMicrosMax"/>.</returns>
    public static FaultCode Parse(ReadOnlySpan<byte> text, out long micros, out bool rounded)
    {
        rounded = false;
        if (TryParsePlain(text, out micros))
        {
            return FaultCode.None;
        }

        var exactness = NumberText.Parse(text, 6, out micros);
        rounded = exactness == NumberExactness.Rounded;
        if (exactness == NumberExactness.NotANumber || micros < 0 || (text[0] == '-' && rounded))
        {
            return FaultCode.BadMoney;
        }

        return micros > EventLimits.MoneyMicrosMax ? FaultCode.OutOfRange : FaultCode.None;
    }

    /// <summary>The common case: at most 8 digits, then at most 6 after the point.</summary>
    private static bool TryParsePlain(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var at = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            micros = (micros * 10) + text[at] - '0';
        }

        if (at is 0 or > 8 || (text[0] == '0' && at > 1))
        {
            return false;
        }

        if (at < text.Length && (text[at] != '.' || text.Length - at is 1 or > 7))
        {
            return false;
        }

        var fraction = Math.Max(text.Length - at - 1, 0);
        for (at++; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                return false;
            }

            micros = (micros * 10) + digit;
        }

        for (; fraction < 6; fraction++)
        {
            micros *= 10;
        }

        return true;
    }
}
