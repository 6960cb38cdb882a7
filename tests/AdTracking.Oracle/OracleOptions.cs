using System.Globalization;

namespace AdTracking.Oracle;

/// <summary>What the command line says.</summary>
internal sealed record OracleOptions(
    uint Seed, string GatewayFile, string? BootstrapServers, string[] Topics, int Connections, double Rate, int PatienceS, int QuietMs, int Letters,
    bool JudgesOrder)
{
    public const string Usage = """
        adtracking-oracle --gateway FILE [--seed N] [--bootstrap SERVERS] [--topics IMPRESSION,CLICK,ENGAGEMENT]
                          [--connections N] [--rate EVENTS_A_SECOND] [--patience S] [--quiet MS]
                          [--letters N] [--order]
        --letters is the length of the longest page address, --order judges the order of keys.
        FILE is a gateway.json; the gateway may be killed and come back on other ports.
        Standard input: "hold", "go", "rate N", "finish"; its end is a "finish" too.
        Standard error: progress, one JSON object a line. Standard output: one JSON report.
        Exit codes: 0 clean, 2 violations, 64 wrong use, 75 Kafka could not be read to its end.
        """;

    /// <summary>Parses; null when it cannot be understood.</summary>
    public static OracleOptions? Parse(string[] arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--order")
            {
                given["--order"] = "";
            }
            else if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length)
            {
                given[arguments[i]] = arguments[++i];
            }
            else
            {
                return null;
            }
        }

        if (!given.TryGetValue("--gateway", out var file))
        {
            return null;
        }

        return new OracleOptions(
            uint.Parse(given.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture),
            file,
            given.GetValueOrDefault("--bootstrap"),
            given.GetValueOrDefault("--topics", "ad.impression,ad.click,ad.engagement").Split(','),
            int.Parse(given.GetValueOrDefault("--connections", "16"), CultureInfo.InvariantCulture),
            double.Parse(given.GetValueOrDefault("--rate", "2000"), CultureInfo.InvariantCulture),
            int.Parse(given.GetValueOrDefault("--patience", "60"), CultureInfo.InvariantCulture),
            int.Parse(given.GetValueOrDefault("--quiet", "2000"), CultureInfo.InvariantCulture),
            int.Parse(given.GetValueOrDefault("--letters", "255"), CultureInfo.InvariantCulture),
            given.ContainsKey("--order"));
    }
}
