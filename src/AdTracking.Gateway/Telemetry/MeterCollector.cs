using System.Diagnostics.Metrics;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Listens to the meters that are worth showing and keeps what they say until it is asked for.</summary>
internal sealed class MeterCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly Func<Instrument, bool> _isWanted;
    private readonly List<MetricFamily> _families = [];
    private long _round;

    /// <param name="isWanted">Which instruments.</param>
    public MeterCollector(Func<Instrument, bool> isWanted)
    {
        _isWanted = isWanted;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments and writes everything as Prometheus text.</summary>
    public string Collect()
    {
        lock (_collecting)
        {
            _round++;
            _listener.RecordObservableInstruments();
            MetricFamily[] families;
            lock (_families)
            {
                families = [.. _families];
            }

            return PrometheusText.Write(families, _round);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!_isWanted(instrument))
        {
            return;
        }

        var family = new MetricFamily(instrument);
        lock (_families)
        {
            _families.Add(family);
        }

        listener.EnableMeasurementEvents(instrument, family);
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family) =>
        ((MetricFamily)family!).Record(value, tags, Volatile.Read(ref _round));
}
