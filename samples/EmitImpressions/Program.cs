// Emits a few ad events from within a program. Run it beside `make run`, with the addresses that the gateway prints:
//   dotnet run --project samples/EmitImpressions -- 127.0.0.1:9092 http://127.0.0.1:8081
using AdTracking.Emitter;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.SchemaRegistry;

if (args is not [var kafka, var registry])
{
    Console.Error.WriteLine("EmitImpressions KAFKA REGISTRY");
    return 64;
}

await using var emitter = await AdEventEmitter.StartAsync(new AdEventEmitterOptions
{
    BootstrapServers = kafka,
    Registry = new SchemaRegistryOptions { BaseAddress = new Uri(registry) },
    AutoRegister = true, // For development. In production a schema is registered before the program that writes it is started.
});

// Waits for Kafka's acknowledgement, or for the deadline.
var impression = new AdImpression
{
    AdServingId = "0193a1e2-7b3c-7d4e-8f50-112233445566",
    PublisherId = "example-publisher",
    PriceCpmMicros = 1_250_000, // 1.25 a thousand
    Currency = "USD",
    Test = true,
};
var result = await emitter.EmitAsync(in impression);
Console.WriteLine($"impression: {result.Outcome.Tag()} as {result.EventId}, partition {result.Partition}, offset {result.Offset}");

// The same impression again has the same id, so that whoever counts can drop it.
var again = await emitter.EmitAsync(in impression);
Console.WriteLine($"again: {again.Outcome.Tag()}, same id: {again.EventId == result.EventId}");

// An event that the schema does not allow goes nowhere.
var wrong = await emitter.EmitAsync(new AdClick { AdServingId = impression.AdServingId, PublisherId = "" });
Console.WriteLine($"click: {wrong.Outcome.Tag()}: {wrong.Fault} {wrong.Field}");

// Does not wait; disposal delivers it.
var queued = emitter.TryEmit(new AdEngagement
{
    AdServingId = impression.AdServingId,
    PublisherId = impression.PublisherId,
    EventName = "firstQuartile",
    Test = true,
});
Console.WriteLine($"engagement: {queued.Outcome.Tag()}");
return result.Outcome == EmitOutcome.Delivered ? 0 : 1;
