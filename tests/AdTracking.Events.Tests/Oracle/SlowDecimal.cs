using System.Globalization;
using System.Numerics;

namespace AdTracking.Events.Tests;

/// <summary>Decimal text by big integers: slow and plain.</summary>
internal static class SlowDecimal
{
    /// <summary>Micros of a JSON number, half to even, and whether anything was rounded away.</summary>
    public static (BigInteger Value, bool Rounded) Micros(string text) => Scaled(text, 6);

    /// <summary>The whole number that a JSON number stands for, or null.</summary>
    public static BigInteger? Integer(string text)
    {
        var (value, rounded) = Scaled(text, 0);
        return rounded ? null : value;
    }

    /// <summary>The nearest whole number.</summary>
    public static BigInteger Rounded(string text) => Scaled(text, 0).Value;

    private static (BigInteger Value, bool Rounded) Scaled(string text, int power)
    {
        var parts = text.ToUpperInvariant().Split('E');
        // Beyond some thousands a power of ten only says "huge" or "next to nothing".
        var power10 = parts.Length > 1 ? BigInteger.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var exponent = (int)BigInteger.Clamp(power10, -20_000, 20_000);
        var point = parts[0].IndexOf('.');
        if (point >= 0)
        {
            exponent -= parts[0].Length - point - 1;
        }

        var digits = BigInteger.Parse(parts[0].Replace(".", ""), CultureInfo.InvariantCulture);
        var shift = exponent + power;
        if (shift >= 0)
        {
            return (digits * BigInteger.Pow(10, shift), false);
        }

        var unit = BigInteger.Pow(10, -shift);
        var sign = digits.Sign;
        var (whole, rest) = BigInteger.DivRem(BigInteger.Abs(digits), unit);
        if (rest.IsZero)
        {
            return (sign * whole, false);
        }

        var half = (2 * rest).CompareTo(unit);
        if (half > 0 || (half == 0 && !whole.IsEven))
        {
            whole++;
        }

        return (sign * whole, true);
    }
}
