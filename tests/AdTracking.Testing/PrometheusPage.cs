using System.Globalization;

namespace AdTracking.Testing;

/// <summary>The numbers of a <c>/metrics</c> page in Prometheus' text format.</summary>
public sealed class PrometheusPage
{
    private readonly List<(string Name, string Labels, double Value)> _samples = [];

    private PrometheusPage()
    {
    }

    /// <summary>Reads the page of a gateway.</summary>
    public static async Task<PrometheusPage> ReadAsync(GatewayProcess gateway)
    {
        using var http = new HttpClient();
        return Parse(await http.GetStringAsync(new Uri(gateway.Admin, "/metrics")));
    }

    /// <summary>Parses a page.</summary>
    public static PrometheusPage Parse(string text)
    {
        var page = new PrometheusPage();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var nameEnd = line.IndexOfAny(['{', ' ']);
            var labelsEnd = line[nameEnd] == '{' ? line.LastIndexOf('}') : nameEnd - 1;
            var labels = line[nameEnd] == '{' ? line[(nameEnd + 1)..labelsEnd] : "";
            var value = line[(labelsEnd + 1)..].Trim().Split(' ')[0];
            page._samples.Add((line[..nameEnd], labels, double.Parse(value, CultureInfo.InvariantCulture)));
        }

        return page;
    }

    /// <summary>The sum of all series of a name whose labels contain all the given texts, for example <c>code="queue_full"</c>.</summary>
    public double Sum(string name, params string[] labels) => _samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal)))
        .Sum(sample => sample.Value);

    /// <summary>The names that begin so.</summary>
    public IEnumerable<string> Names(string beginning) =>
        _samples.Select(sample => sample.Name).Distinct(StringComparer.Ordinal)
            .Where(name => name.StartsWith(beginning, StringComparison.Ordinal));
}
