using AdTracking.Events.Layout;
using BenchmarkDotNet.Attributes;

namespace AdTracking.Benchmarks.Events;

/// <summary>What does an event cost between its JSON and its record, beside the least that reading JSON can cost?</summary>
[MemoryDiagnoser]
public class EventBenchmarks
{
    private byte[] _body = [];

    [ParamsAllValues]
    public EventKind Kind { get; set; }

    [GlobalSetup]
    public void Setup() => _body = EventBodies.Of(Kind);

    [Benchmark(Baseline = true)]
    public int Tokenise_Utf8JsonReader() => EventWork.Tokenise(_body);

    [Benchmark]
    public int DecodeValidateEncode() => EventWork.DecodeValidateEncode(_body);
}
