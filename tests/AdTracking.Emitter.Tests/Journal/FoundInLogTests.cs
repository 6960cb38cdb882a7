using System.Text;
using AdTracking.Queue;

namespace AdTracking.Emitter.Tests;

/// <summary>Which records in Kafka's log are the events in doubt, and which are somebody else's.</summary>
public sealed class FoundInLogTests
{
    [Fact]
    public void Start_EqualEventsOfOneSender_AreStruckOutAsOftenAsTheyAreThere()
    {
        using var bench = new JournalHarness(partitions: 1);
        bench.Append("same");
        bench.Append("same");
        bench.Append("same");
        bench.Spill();
        bench.Producer.Answer(EventTopic.Impression, 0, 2);
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("same", "same", "same");
        bench.Stats.StruckOutEvents.ShouldBe(2);
    }

    [Fact]
    public void Start_OtherGatewaysWroteToTheSamePartitions_OnlyItsOwnEventsAreStruckOut()
    {
        using var bench = new JournalHarness(partitions: 1);
        bench.Append("a", "b", "c");
        bench.Spill();
        for (var i = 0; i < 50; i++)
        {
            bench.Log.Append(EventTopic.Impression, 0, "x"u8, Encoding.UTF8.GetBytes($"\0\0\0\0\u0001x{i}"));
        }

        bench.Producer.Answer(EventTopic.Impression, 0, 2);
        for (var i = 50; i < 100; i++)
        {
            bench.Log.Append(EventTopic.Impression, 0, "x"u8, Encoding.UTF8.GetBytes($"\0\0\0\0\u0001x{i}"));
        }

        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold([.. Enumerable.Range(0, 100).Select(i => $"x{i}"), "a", "b", "c"]);
        bench.Stats.StruckOutEvents.ShouldBe(2);
    }

    [Fact]
    public void Start_SameEventIdFromAnotherSender_IsNotStruckOutForIt()
    {
        var key = "as-1, id-1".PadRight(40, '.'); // the beginning of the value
        using var bench = new JournalHarness(partitions: 1);
        bench.Append(key + " from edge 1");
        bench.Spill();
        bench.Log.Append(EventTopic.Impression, 0, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"\0\0\0\0\u0001{key} from edge 2"));
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold(key + " from edge 1", key + " from edge 2");
        bench.Stats.StruckOutEvents.ShouldBe(0);
    }
}
