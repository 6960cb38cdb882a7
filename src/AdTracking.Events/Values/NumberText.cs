using System.Runtime.CompilerServices;

namespace AdTracking.Events.Values;

/// <summary>Numbers as JSON writes them, read exactly. An integer may be written with a fraction or exponent as long as its value is whole:
/// 1.0 and 1e3 are integers, 1.5 is not.</summary>
[SkipLocalsInit]
internal static class NumberText
{
    private const int DigitsMax = 18;

    /// <summary>Length of the number that the text starts with, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        var at = 0;
        if (at < text.Length && text[at] == '-')
        {
            at++;
        }

        if (at >= text.Length || !char.IsAsciiDigit((char)text[at]))
        {
            return 0;
        }
        // A zero stands alone; a digit behind it belongs to no number.
        at = text[at] == '0' ? at + 1 : DigitsEnd(text, at);
        if (at < text.Length && text[at] == '.')
        {
            var fraction = DigitsEnd(text, at + 1);
            if (fraction == at + 1)
            {
                return 0;
            }

            at = fraction;
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            var digits = at + 1;
            if (digits < text.Length && text[digits] is (byte)'+' or (byte)'-')
            {
                digits++;
            }

            at = DigitsEnd(text, digits);
            if (at == digits)
            {
                return 0;
            }
        }

        return at;
    }

    /// <summary>The value of a whole JSON number times a power of ten, rounded half to even.</summary>
    /// <param name="text">A whole number text.</param>
    /// <param name="scale">Power of ten: 6 for micros, 0 for integers.</param>
    /// <param name="value">Result, saturated where it does not fit.</param>
    /// <returns>How exact the result is.</returns>
    public static NumberExactness Parse(ReadOnlySpan<byte> text, int scale, out long value)
    {
        value = 0;
        if (text.IsEmpty || LengthAt(text) != text.Length)
        {
            return NumberExactness.NotANumber;
        }

        var at = 0;
        var negative = text[0] == '-';
        if (negative)
        {
            at++;
        }

        var digits = new DecimalDigits();
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            digits.Add(text[at++] - '0', afterPoint: false);
        }

        if (at < text.Length && text[at] == '.')
        {
            for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
            {
                digits.Add(text[at] - '0', afterPoint: true);
            }
        }

        var exponent = at < text.Length ? Exponent(text[(at + 1)..]) : 0;
        var exactness = digits.Scale(exponent + scale, out var magnitude);
        value = negative ? -magnitude : magnitude;
        return exactness;
    }

    /// <summary>The common case: an optional sign and at most 18 digits, nothing else.</summary>
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var count = text.Length - at;
        if (count is 0 or > DigitsMax || (text[at] == '0' && count > 1))
        {
            return false;
        }

        long sum = 0;
        for (var i = at; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            sum = (sum * 10) + digit;
        }

        value = at == 1 ? -sum : sum;
        return true;
    }

    private static int DigitsEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Saturates at a million, far beyond what matters for 64 bits and the longest number that fits into an event.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        var value = 0;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min((value * 10) + digit - '0', 1_000_000);
        }

        return negative ? -value : value;
    }
}
