using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests;

/// <summary>The rules of single values once more, with strings, regular expressions and big integers.</summary>
internal static class OracleValues
{
    private const string Number = @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$";
    private const string Macro = @"^(\$\{[\w.:\- ]+\}|\[[\w.:\- ]+\]|%%[\w.:\- ]+%%|##[\w.:\- ]+##|\{\{[\w.:\- ]+\}\})$";
    private const string Time = @"^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{1,2}):([0-9]{2}):([0-9]{2})([.,][0-9]+)?([Zz]|[+\- ][0-9]{2}(:?[0-9]{2})?)$";

    public static bool IsUnresolved(string text)
    {
        if (text is "" or "-1" or "-2" or "AUDIT")
        {
            return true;
        }

        if (text.Length > 128)
        {
            return false;
        }

        if (IsMacro(text))
        {
            return true;
        }

        if (text[0] != '%' || text.StartsWith("%%", StringComparison.Ordinal))
        {
            return false;
        }

        return !Regex.IsMatch(text, "%(?![0-9a-fA-F]{2})") && IsMacro(Uri.UnescapeDataString(text.Replace('+', ' ')));
    }

    public static string Text(FieldRule rule, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > rule.LengthMax)
        {
            throw new OracleFault(FaultCode.TooLong);
        }

        var good = rule.Pattern switch
        {
            FieldPattern.None => true,
            FieldPattern.Token => text.All(letter => letter is > ' ' and < '\u007f'),
            FieldPattern.Currency => Regex.IsMatch(text, @"^[A-Z]{3}\z"),
            FieldPattern.Country => Regex.IsMatch(text, @"^[A-Z]{2,3}\z"),
            _ => Regex.IsMatch(text, @"^[hH][tT][tT][pP][sS]?://[^/?#@]+([/?#].*)?\z", RegexOptions.Singleline)
                && !text.Any(letter => letter is <= ' ' or '\u007f' or '\\'),
        };
        return good ? text : throw new OracleFault(FaultCode.BadPattern);
    }

    public static long Integer(FieldRule rule, string text)
    {
        if (!Regex.IsMatch(text, Number))
        {
            throw new OracleFault(FaultCode.WrongType);
        }

        var value = SlowDecimal.Integer(text);
        if (value is null)
        {
            throw new OracleFault(IsHuge(text) ? FaultCode.OutOfRange : FaultCode.WrongType);
        }

        return InRange(rule, value.Value);
    }

    public static long Micros(FieldRule rule, string text, out bool rounded)
    {
        rounded = false;
        if (!Regex.IsMatch(text, Number))
        {
            throw new OracleFault(FaultCode.BadMoney);
        }

        (var value, rounded) = SlowDecimal.Micros(text);
        if (text[0] == '-' && (rounded || !value.IsZero))
        {
            throw new OracleFault(FaultCode.BadMoney);
        }

        return InRange(rule, value);
    }

    public static long Timestamp(FieldRule rule, string text)
    {
        if (text.Length <= 40 && Regex.Match(text, Time) is { Success: true } match)
        {
            return InRange(rule, Iso(match));
        }

        if (!Regex.IsMatch(text, @"^-?(0|[1-9][0-9]{0,17})\z"))
        {
            throw new OracleFault(FaultCode.BadTimestamp);
        }

        return InRange(rule, BigInteger.Parse(text, CultureInfo.InvariantCulture));
    }

    public static long InRange(FieldRule rule, BigInteger value) =>
        value >= rule.Min && value <= rule.Max ? (long)value : throw new OracleFault(FaultCode.OutOfRange);

    private static BigInteger Iso(Match match)
    {
        var zone = match.Groups[6].Value.Replace(" ", "+").Replace(":", "").ToUpperInvariant();
        var hours = zone == "Z" ? 0 : int.Parse(zone[1..3], CultureInfo.InvariantCulture);
        var minutes = zone.Length < 5 ? 0 : int.Parse(zone[3..5], CultureInfo.InvariantCulture);
        var fraction = match.Groups[5].Value.TrimStart('.', ',').PadRight(3, '0')[..3];
        var clock = string.Join(':', Enumerable.Range(2, 3).Select(group => match.Groups[group].Value.PadLeft(2, '0')));
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var plain = $"{match.Groups[1].Value} {clock}.{fraction}";
        if (hours > 23 || minutes > 59
            || !DateTime.TryParseExact(plain, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, Utc, out var time))
        {
            throw new OracleFault(FaultCode.BadTimestamp);
        }

        var offset = ((hours * 60) + minutes) * (zone[0] == '-' ? -1 : 1);
        return new DateTimeOffset(time).ToUnixTimeMilliseconds() - (offset * 60_000L);
    }

    private static bool IsMacro(string text) => Regex.IsMatch(text, Macro, RegexOptions.ECMAScript) && !text.EndsWith('\n');

    private static bool IsHuge(string text) => BigInteger.Abs(SlowDecimal.Rounded(text)) > long.MaxValue;
}
