using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>Nothing is allocated for an event, from the door to its outcome.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void AppendShipDeliver_AfterWarmUp_AllocatesNothing()
    {
        using var queue = new QueueHarness(QueueHarness.Options() with { InFlightEventsMax = 8_192 });
        var producer = new EchoProducer();
        queue.Shipper.Use(producer);
        var ids = new SchemaIdTable([1, 2, 3, 4, 5, 6]);
        var reports = new DeliveryReport[4_096];
        var group = new GroupBuffer(ids);
        byte[][] keys = [.. Enumerable.Range(0, 100).Select(i => Encoding.UTF8.GetBytes($"key-{i}"))];
        long delivered = 0;

        void Round()
        {
            for (var request = 0; request < 20; request++)
            {
                group.Clear(ids);
                for (var i = 0; i < 100; i++)
                {
                    group.TryBegin((EventTopic)(i % 3), keys[i], out var value);
                    value[..220].Fill(7);
                    group.Commit(220);
                }

                var waiter = queue.Waiters.Rent(100);
                queue.Queue.TryAppend(group, waiter);
                queue.Shipper.Tick();
                int count;
                while ((count = producer.Poll(reports, 0)) > 0)
                {
                    queue.Deliveries.Process(reports.AsSpan(0, count));
                    delivered += count;
                }

                if (waiter.OutcomeNow() != WaitOutcome.Stored)
                {
                    throw new InvalidOperationException("not delivered");
                }

                queue.Waiters.Return(waiter);
            }
        }

        for (var i = 0; i < 50; i++)
        {
            Round();
        }

        delivered = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            Round();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        delivered.ShouldBe(100_000);
        allocated.ShouldBe(0);
    }
}
