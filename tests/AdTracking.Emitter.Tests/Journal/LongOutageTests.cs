using AdTracking.Emitter.Delivery;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>Kafka is silent for longer than memory lasts: everything is taken all the same, and memory is bounded.</summary>
public sealed class LongOutageTests
{
    private const int Steps = 1_000;

    // Nine partitions do not divide 512 events in flight; one key is one partition of nine; events of 2 KiB meet the bound of bytes
    // and fill the pool many times over.
    [Theory]
    [InlineData(10, 20, false)]
    [InlineData(10, 20, true)]
    [InlineData(2, 20, false)]
    [InlineData(5, 2_000, false)]
    [InlineData(5, 2_000, true)]
    public void Append_KafkaSilentForLong_IsTakenAndLeavesMemory(int eventsAStep, int bytes, bool sameKey)
    {
        using var bench = new JournalHarness(partitions: 3);
        var values = new List<string>();
        var mostInUse = 0;
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < eventsAStep; i++)
            {
                // The key is the beginning of the value.
                var number = $"{values.Count}";
                values.Add(sameKey ? number.PadLeft(40 + bytes, 'k') : number.PadRight(bytes, 'v'));
                bench.TryAppend(null, values[^1]).ShouldBe(Admission.Accepted, number);
            }

            bench.Step(answer: false);
            mostInUse = Math.Max(mostInUse, bench.Pool.InUse);
        }

        mostInUse.ShouldBeLessThanOrEqualTo((bench.Pool.Count / 2) + 2);
        bench.RunToRest();
        bench.ShouldHold([.. values]);
    }

    [Fact]
    public void PartitionEventsMax_AnyNumberOfPartitions_SharesExhaustTheWhole()
    {
        var budget = new InFlightBudget(32_768, 32 * 1024 * 1024, new DeliveryHealth());
        var counts = new int[EventTopics.Count];
        for (var partitions = 1; partitions <= 40; partitions++)
        {
            Array.Fill(counts, partitions);
            var table = PartitionTable.Empty.With(counts);
            (budget.PartitionEventsMax(table) * table.EventPartitions).ShouldBeGreaterThanOrEqualTo(budget.EventsMax);
        }
    }
}
