using BenchmarkDotNet.Attributes;

namespace AdTracking.Benchmarks.Events;

/// <summary>What does a pixel cost between its query string and its record?</summary>
[MemoryDiagnoser]
public class QueryBenchmarks
{
    [Benchmark]
    public int DecodeValidateEncode_Query() => EventWork.DecodeValidateEncodeQuery(EventBodies.Query);
}
