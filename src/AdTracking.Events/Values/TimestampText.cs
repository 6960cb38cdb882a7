namespace AdTracking.Events.Values;

/// <summary>Times as ISO 8601 text with a zone (<c>Z</c>, <c>+05</c>, <c>+0530</c>, <c>+05:30</c>) or as Unix milliseconds. Hours may have
/// one digit, as in VAST's own example <c>2016-01-17T8:15:07.127-05</c>. A blank for the plus is understood: that is what becomes of an
/// unescaped plus in a query.</summary>
public static class TimestampText
{
    private const long DayMs = 86_400_000;

    /// <summary>Reads a time.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="unixMs">Milliseconds since 1970 UTC; finer digits are cut off.</param>
    /// <returns>False for anything else; whether the time is plausible is not checked here.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text.Length is < 12 or > 40)
        {
            return NumberText.TryParsePlain(text, out unixMs);
        }

        if (text[4] != '-')
        {
            return NumberText.TryParsePlain(text, out unixMs);
        }

        if (!TryDate(text, out var days) || text[10] is not ((byte)'T' or (byte)'t'))
        {
            return false;
        }

        var rest = text[11..];
        if (!TryTimeOfDay(ref rest, out var ofDayMs) || !TryZone(rest, out var zoneMinutes))
        {
            return false;
        }

        unixMs = (days * DayMs) + ofDayMs - (zoneMinutes * 60_000L);
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
        {
            return false;
        }

        if (text[7] != '-' || year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        return true;
    }

    private static bool TryTimeOfDay(ref ReadOnlySpan<byte> text, out long ofDayMs)
    {
        ofDayMs = 0;
        var hourDigits = text.IndexOf((byte)':');
        if (hourDigits is not (1 or 2) || text.Length < hourDigits + 6 || text[hourDigits + 3] != ':')
        {
            return false;
        }

        if (!TryDigits(text[..hourDigits], out var hour) || !TryDigits(text.Slice(hourDigits + 1, 2), out var minute))
        {
            return false;
        }

        if (!TryDigits(text.Slice(hourDigits + 4, 2), out var second) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        text = text[(hourDigits + 6)..];
        ofDayMs = (((hour * 60L) + minute) * 60_000) + (second * 1000);
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var at = 1;
        for (var weight = 100; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, weight /= 10)
        {
            ofDayMs += (text[at] - '0') * weight;
        }

        text = text[at..];
        return at > 1;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-' or (byte)' '))
        {
            return false;
        }

        var minuteText = text.Length > 3 && text[3] == ':' ? text[4..] : text[3..];
        if (text.Length > 3 && minuteText.Length != 2)
        {
            return false;
        }

        if (!TryDigits(text[1..3], out var hour) || !TryDigits(minuteText, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
