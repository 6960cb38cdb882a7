namespace AdTracking.Events;

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
        var exactness = NumberText.Parse(text, 6, out micros);
        rounded = exactness == NumberExactness.Rounded;
        if (exactness == NumberExactness.NotANumber || micros < 0 || (text[0] == '-' && rounded)) return FaultCode.BadMoney;
        return micros > EventLimits.MoneyMicrosMax ? FaultCode.OutOfRange : FaultCode.None;
    }
}
