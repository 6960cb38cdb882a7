using System.Diagnostics.Metrics;
using AdTracking.Gateway.Telemetry;

namespace AdTracking.Gateway.Tests.Telemetry;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly MeterCollector _collector;

    public PrometheusTextTests()
    {
        _collector = new MeterCollector(instrument => ReferenceEquals(instrument.Meter, _meter));
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Collect_EveryKind_IsWrittenByTheFormat()
    {
        var counter = _meter.CreateCounter<long>("b.events", "{event}", "Events with a \\ and\na line break.");
        var gauge = _meter.CreateUpDownCounter<int>("c.open", null, "Open.");
        var histogram = _meter.CreateHistogram("d.time", "s", "Time.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        _meter.CreateObservableGauge("a.size", () => 1.5, "By", "Size.");
        counter.Add(2, new KeyValuePair<string, object?>("co.de", "say \"hi\"\\\n"));
        counter.Add(3, new KeyValuePair<string, object?>("co.de", "say \"hi\"\\\n"));
        gauge.Add(3);
        gauge.Add(-1);
        histogram.Record(0.5);
        histogram.Record(0.75);
        histogram.Record(4);

        _collector.Collect().ShouldBe(
            """
            # HELP a_size_bytes Size.
            # TYPE a_size_bytes gauge
            a_size_bytes 1.5
            # HELP b_events_total Events with a \\ and\na line break.
            # TYPE b_events_total counter
            b_events_total{co_de="say \"hi\"\\\n"} 5
            # HELP c_open Open.
            # TYPE c_open gauge
            c_open 2
            # HELP d_time_seconds Time.
            # TYPE d_time_seconds histogram
            d_time_seconds_bucket{le="0.5"} 1
            d_time_seconds_bucket{le="1"} 2
            d_time_seconds_bucket{le="+Inf"} 3
            d_time_seconds_sum 5.25
            d_time_seconds_count 3

            """);
    }

    [Fact]
    public void Collect_ObservedSeriesThatIsGone_IsNotShownAnyMore()
    {
        var names = new List<string> { "a", "b" };
        _meter.CreateObservableCounter("x", () => names.Select(name => new Measurement<long>(1, new KeyValuePair<string, object?>("n", name))));

        _collector.Collect().ShouldContain("x_total{n=\"b\"} 1");
        names.Remove("b");

        _collector.Collect().ShouldNotContain("\"b\"");
    }

    [Fact]
    public void Collect_MoreSeriesThanTheLimit_GoUnderOneLabel()
    {
        var counter = _meter.CreateCounter<long>("x");
        for (var i = 0; i < MetricFamily.SeriesMax + 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("n", i));
        }

        var text = _collector.Collect();

        text.ShouldContain("x_total{overflow=\"true\"} 10\n");
        text.Split('\n').Count(line => line.StartsWith("x_total{", StringComparison.Ordinal)).ShouldBe(MetricFamily.SeriesMax + 1);
    }

    [Fact]
    public void Collect_NothingMeasured_IsEmpty()
    {
        _meter.CreateCounter<long>("x");

        _collector.Collect().ShouldBeEmpty();
    }
}
