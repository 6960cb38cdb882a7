using System.Globalization;
using System.Text;
using System.Text.Json;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests;

/// <summary>Random events as JSON: mostly right, in any order, spacing and escaping, with every kind of mistake now and then.</summary>
internal sealed class EventTexts(Random random)
{
    private static readonly string[] Strings =
    [
        "", "AUDIT", "-1", "-2", "[ADSERVINGID]", "${AUCTION_ID}", "%%X%%", "##X##", "{{x}}", "%5BX%5D", "%5", "a b", "é", "😀",
        "\"quoted\"", "back\\slash", "tab\t", "USD", "US",
        "usd", "https://example.com/a?b=c", "http://u@h/", "javascript:alert(1)", "1", "true", "null",
        "VIEWABLE", "UNKNOWN", "2016-01-17T8:15:07.127-05", "2024-02-30T00:00:00Z",
        "1735689600123", "0.1", "1.2345675", "id-0123456789abcdef-0123456789abcdef", "\u007f", "[1,2]", "x\u0000y",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "-2", "-3", "2", "1.0", "1.5", "1e2", "1E-2", "100", "101", "9999", "10000", "2147483648",
        "1735689600123", "1250000", "1e13", "1e14", "1e15",
        "9223372036854775807", "9223372036854775808", "123456789012345678901234567890.5", "0.0000005",
        "1e400", "1735689600", "100000000000001", "123456789012345", "1234567890123456",
    ];

    private static readonly string[] EventNames = ["impression", "click", "start", "midPoint", "pause", "custom", "Impression", "nothing", "", "error"];

    /// <summary>One event.</summary>
    public byte[] Next(EventLayouts layouts)
    {
        var kind = (EventKind)random.Next(3);
        var layout = layouts.Of(kind);
        var members = new List<string>();
        var name = layout.Names[random.Next(layout.Names.Length)].Name;
        if (random.Next(60) != 0)
        {
            members.Add(Member("event_name", Quote(random.Next(25) == 0 ? Pick(EventNames) : name)));
        }

        foreach (var rule in layout.Fields)
        {
            var wanted = rule.Required ? 19 : rule.Owner == FieldOwner.Gateway ? -1 : 3;
            if (rule.Name == "event_name" || random.Next(20) > wanted)
            {
                continue;
            }

            var isDecimal = rule.DecimalName is not null && random.Next(2) == 0;
            members.Add(Member(isDecimal ? rule.DecimalName! : rule.Name, random.Next(50) == 0 ? Anything(2) : Fitting(rule, isDecimal)));
        }

        for (var extra = random.Next(-20, 3); extra > 0; extra--)
        {
            members.Add(Member(Pick("cb", "x", "Event_Name", "price", "ip", "received_ts", "w", "seq", "ünknown", "a\0b"), Anything(2)));
        }

        if (random.Next(15) == 0 && members.Count > 0)
        {
            members.Add(members[random.Next(members.Count)]);
        }

        if (random.Next(2) == 0)
        {
            members = [.. members.OrderBy(_ => random.Next())];
        }

        return Encoding.UTF8.GetBytes("{" + Blank() + string.Join(',' + Blank(), members) + Blank() + "}");
    }

    private string Member(string name, string value)
    {
        var key = random.Next(40) == 0 ? Escaped(name) : JsonSerializer.Serialize(name);
        return key + Blank() + ":" + Blank() + value + Blank();
    }

    private string Fitting(FieldRule rule, bool isDecimal) => rule.Kind switch
    {
        FieldKind.String when rule.Pattern is FieldPattern.Currency or FieldPattern.Country => Quote(Pick("USD", "EUR", "[X]")),
        FieldKind.String when rule.Pattern == FieldPattern.HttpUrl => Quote("https://shop.example/p?" + random.Next()),
        FieldKind.String when random.Next(200) == 0 => Quote(new string('x', rule.LengthMax + random.Next(2))),
        FieldKind.String => Quote("v-" + random.Next() + new string('y', random.Next(random.Next(2) == 0 ? 8 : 60))),
        FieldKind.MoneyMicros when isDecimal => random.Next(2) == 0 ? Number(random.NextDouble() * 20) : Quote(Number(random.NextDouble())),
        FieldKind.TimestampMillis when random.Next(3) == 0 => Quote("2025-03-04T05:06:07Z"),
        FieldKind.TimestampMillis => random.NextInt64(1_600_000_000_000, 1_900_000_000_000).ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => Pick("true", "false"),
        FieldKind.Enum => Quote(rule.Symbols[random.Next(rule.Symbols.Length)]),
        FieldKind.IntArray => "[" + string.Join(',' + Blank(), Enumerable.Range(0, random.Next(20)).Select(_ => Item())) + "]",
        FieldKind.StringMap => "{" + string.Join(',', Entries(random.Next(random.Next(3) == 0 ? 18 : 4))) + "}",
        _ => Math.Clamp(random.Next(200), rule.Min, rule.Max).ToString(CultureInfo.InvariantCulture),
    };

    private string Item() => Pick("2", "7", "300", "1.0", random.Next(150) == 0 ? Pick(Numbers) : "6");

    private IEnumerable<string> Entries(int count) => Enumerable.Range(0, count).Select(i => Member("k" + i, Anything(1)));

    private string Anything(int depth) => random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => Pick("true", "false"),
        1 => "null",
        2 or 3 => Pick(Numbers),
        4 or 5 or 6 => Quote(Pick(Strings)),
        7 => "[" + string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Anything(depth - 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(3)).Select(i => Member("n" + i, Anything(depth - 1)))) + "}",
    };

    private string Quote(string text) => random.Next(20) switch
    {
        0 => Escaped(text),
        1 => "\"" + JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"",
        2 when random.Next(10) == 0 => "\"\\ud800\"",
        _ => JsonSerializer.Serialize(text),
    };

    private static string Escaped(string text) => "\"" + string.Concat(text.Select(letter => $"\\u{(int)letter:x4}")) + "\"";

    private static string Number(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private string Blank() => random.Next(12) == 0 ? Pick(" ", "  ", "\n", "\r\n\t") : "";

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
