using AdTracking.Testing;

namespace AdTracking.System.Tests.Load;

/// <summary>What the whole gateway process allocates on its managed heap per event, as the runtime itself counts it.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int EventCount = 100_000;
    private const int WarmUpCount = 30_000;
    private const double BytesAnEventMax = 64;
    private const string Allocated = "dotnet_gc_heap_total_allocated_bytes_total";

    [Fact]
    public async Task Process_BatchesOfHundred_AllocatesLessThan64BytesAnEvent()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var random = Seeds.Random(output);
        (await LoadDriver.RunAsync(gateway.Http, Batches(WarmUpCount, random), connections: 8)).Acknowledged.Count.ShouldBe(WarmUpCount);
        var requests = Batches(EventCount, random);
        var before = (await PrometheusPage.ReadAsync(gateway)).Sum(Allocated);
        var cpuBefore = gateway.ProcessorTime;

        var outcome = await LoadDriver.RunAsync(gateway.Http, requests, connections: 8);

        var cpu = gateway.ProcessorTime - cpuBefore;
        var bytes = (await PrometheusPage.ReadAsync(gateway)).Sum(Allocated) - before;
        (await gateway.TerminateAsync()).ShouldBe(0);
        outcome.Acknowledged.Count.ShouldBe(EventCount);
        bytes.ShouldBeGreaterThan(0, "the counter is there and moves");
        TestReport.Line(output, $"allocation: {bytes / EventCount:0.0} bytes an event over {EventCount} events in batches of 100; "
            + $"{cpu.TotalMicroseconds / EventCount:0.00} us of CPU an event, embedded Kafka included");
        (bytes / EventCount).ShouldBeLessThan(BytesAnEventMax);
    }

    private static LoadRequest[] Batches(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(i => LoadEvent.Create("impression", i, random)).Chunk(100)
            .Select(events => new LoadRequest(LoadRoute.PostArray, events))];
}
