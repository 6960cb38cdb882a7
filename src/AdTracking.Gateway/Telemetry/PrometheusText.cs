using System.Globalization;
using System.Text;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Prometheus' text format 0.0.4: names from OpenTelemetry's by its own rules (dots to underscores, the unit and
/// <c>_total</c> at the end), label values and help escaped.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families, long round)
    {
        var text = new StringBuilder(8_192);
        foreach (var named in families.GroupBy(NameOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = named.First();
            var series = named.SelectMany(family => family.Series.Where(one => !family.IsObservable || one.Round == round)).ToList();
            if (series.Count == 0)
            {
                continue;
            }

            text.Append("# HELP ").Append(named.Key).Append(' ').Append(EscapeHelp(first.Instrument.Description ?? "")).Append('\n');
            text.Append("# TYPE ").Append(named.Key).Append(' ').Append(TypeOf(first.Kind)).Append('\n');
            foreach (var one in series)
            {
                Write(text, named.Key, first, one);
            }
        }

        return text.ToString();
    }

    /// <summary>The name under which an instrument appears.</summary>
    public static string NameOf(MetricFamily family)
    {
        var name = new StringBuilder(family.Instrument.Name.Length + 16);
        foreach (var c in family.Instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or ':' ? c : '_');
        }

        if (char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, '_');
        }

        var unit = UnitOf(family.Instrument.Unit);
        var text = name.ToString();
        if (unit.Length > 0 && !text.EndsWith(unit, StringComparison.Ordinal))
        {
            text += "_" + unit;
        }

        return family.Kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    private static void Write(StringBuilder text, string name, MetricFamily family, MetricSeries series)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            AppendSample(text, name, "", series.Tags, null, series.Value);
            return;
        }

        long below = 0;
        for (var bucket = 0; bucket <= family.Bounds.Length; bucket++)
        {
            below += series.CountOf(bucket);
            var bound = bucket < family.Bounds.Length ? Number(family.Bounds[bucket]) : "+Inf";
            AppendSample(text, name, "_bucket", series.Tags, bound, below);
        }

        // The count is the last bucket, not a number read later: the two must agree within one scrape.
        AppendSample(text, name, "_sum", series.Tags, null, series.Value);
        AppendSample(text, name, "_count", series.Tags, null, below);
    }

    private static void AppendSample(
        StringBuilder text, string name, string suffix, KeyValuePair<string, object?>[] tags, string? bound, double value)
    {
        text.Append(name).Append(suffix);
        var separator = '{';
        foreach (var (key, tag) in tags)
        {
            text.Append(separator).Append(LabelName(key)).Append("=\"");
            text.Append(EscapeLabel(Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "")).Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string LabelName(string key)
    {
        var name = string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static string EscapeLabel(string value) => EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string EscapeHelp(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string UnitOf(string? unit) => unit switch
    {
        null or "" or "1" => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        _ => unit[0] == '{' ? "" : string.Concat(unit.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')),
    };
}
