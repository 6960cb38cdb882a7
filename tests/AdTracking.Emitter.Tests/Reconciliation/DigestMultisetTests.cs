using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>A multiset, first in first out among equals, in constant time whatever senders repeat.</summary>
public sealed class DigestMultisetTests(ITestOutputHelper output)
{
    [Fact]
    public void AddAndStrike_Random_AgreesWithANaiveMultiset()
    {
        var random = Seeds.Random(output);
        for (var round = 0; round < 200; round++)
        {
            var capacity = 1 + random.Next(60);
            var table = new DigestMultiset(capacity);
            var model = new Dictionary<EventDigest, Queue<(int Batch, int Event)>>();
            for (var step = 0; step < 400; step++)
            {
                Step(random, table, model);
            }
        }
    }

    [Fact]
    public void TryStrike_SameBucketOtherDigest_IsNotFound()
    {
        var table = new DigestMultiset(1);
        table.TryAdd(new EventDigest(1, 7), 0, 0).ShouldBeTrue();
        table.TryRemove(new EventDigest(2, 7), out _, out _).ShouldBeFalse();
        table.TryRemove(new EventDigest(1, 8), out _, out _).ShouldBeFalse();
        table.TryAdd(new EventDigest(3, 3), 0, 1).ShouldBeFalse("it is full");
        table.TryRemove(new EventDigest(1, 7), out _, out _).ShouldBeTrue();
        table.Count.ShouldBe(0);
    }

    [Fact]
    public void TryStrike_AMillionEqualEvents_EachInConstantTimeAndInOrder()
    {
        const int Count = 1_000_000;
        var table = new DigestMultiset(Count);
        var digest = new EventDigest(5, 5);
        for (var i = 0; i < Count; i++)
        {
            table.TryAdd(digest, 1, i);
        }

        var wrong = 0;
        for (var i = 0; i < Count; i++)
        {
            wrong += table.TryRemove(digest, out _, out var ev) && ev == i ? 0 : 1;
        }

        wrong.ShouldBe(0);
    }

    [Fact]
    public void AddStrikeAndDigest_AfterConstruction_AllocateNothing()
    {
        var table = new DigestMultiset(10_000);
        var value = new byte[300];
        var struck = 0;

        void Round()
        {
            for (var i = 0; i < 10_000; i++)
            {
                BitConverter.TryWriteBytes(value, i);
                table.TryAdd(EventDigest.Of(EventTopic.Click, "key"u8, value), 0, i);
            }

            for (var i = 0; i < 10_000; i++)
            {
                BitConverter.TryWriteBytes(value, i);
                struck += table.TryRemove(EventDigest.Of(EventTopic.Click, "key"u8, value), out _, out _) ? 1 : 0;
            }

            table.Clear();
        }

        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        struck.ShouldBe(20_000);
    }

    private static void Step(Random random, DigestMultiset table, Dictionary<EventDigest, Queue<(int Batch, int Event)>> model)
    {
        // Few values, so that equal ones and shared buckets are the rule.
        var digest = new EventDigest((ulong)random.Next(2), (ulong)random.Next(12) * 8);
        var equals = model.TryGetValue(digest, out var found) ? found : model[digest] = new();
        var count = model.Values.Sum(queue => queue.Count);
        var dice = random.Next(100);
        if (dice == 0)
        {
            table.Clear();
            model.Clear();
        }
        else if (dice < 55)
        {
            (int Batch, int Event) added = (random.Next(1_000), random.Next(1_000));
            var taken = table.TryAdd(digest, added.Batch, added.Event);
            taken.ShouldBe(count < table.Capacity);
            if (taken)
            {
                equals.Enqueue(added);
            }
        }
        else
        {
            var struck = table.TryRemove(digest, out var batch, out var ev);
            struck.ShouldBe(equals.Count > 0);
            if (struck)
            {
                (batch, ev).ShouldBe(equals.Dequeue());
            }
        }

        table.Count.ShouldBe(model.Values.Sum(queue => queue.Count));
    }
}
