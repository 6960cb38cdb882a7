using System.Globalization;

namespace AdTracking.Cli.Verifying;

/// <summary>Reads <c>--window</c>: <c>90m</c>, <c>24h</c>, <c>2d</c> back from now, or <c>FROM/TO</c> as times with a zone. In whole minutes.</summary>
internal static class VerifyWindow
{
    /// <summary>False when the text is neither.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset from, out DateTimeOffset to)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            to = default;
            if (!TryTime(text[..slash], out from) || !TryTime(text[(slash + 1)..], out to))
            {
                return false;
            }

            return from < to;
        }

        to = Minute(now).AddMinutes(1);
        from = default;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            return false;
        }

        var minutes = count * text[^1] switch
        {
            'm' => 1L,
            'h' => 60L,
            'd' => 24L * 60,
            _ => 0,
        };
        if (minutes == 0 || minutes > now.ToUnixTimeSeconds() / 60)
        {
            return false;
        }

        from = Minute(now).AddMinutes(-minutes);
        return true;
    }

    private static bool TryTime(string text, out DateTimeOffset time)
    {
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
        time = Minute(time);
        return isTime;
    }

    private static DateTimeOffset Minute(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / 60 * 60);
}
