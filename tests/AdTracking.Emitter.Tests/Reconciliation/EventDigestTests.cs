using System.Security.Cryptography;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Tests;

/// <summary>Two events have one digest only when topic, key and value are the same bytes.</summary>
public sealed class EventDigestTests
{
    [Fact]
    public void Of_BytesMovedOverTheBoundaryOfKeyAndValue_IsAnotherDigest()
    {
        byte[] bytes = [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 3))];
        var seen = new HashSet<EventDigest>();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            for (var topic = 0; topic < EventTopics.Count; topic++)
            {
                seen.Add(EventDigest.Of((EventTopic)topic, bytes.AsSpan(0, cut), bytes.AsSpan(cut))).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Of_AnyBitOfTheEvent_Counts()
    {
        var key = "publisher-7"u8.ToArray();
        var value = "value"u8.ToArray();
        var seen = new HashSet<EventDigest> { EventDigest.Of(EventTopic.Click, key, value) };
        foreach (var part in (byte[][])[key, value])
        {
            for (var bit = 0; bit < part.Length * 8; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                seen.Add(EventDigest.Of(EventTopic.Click, key, value)).ShouldBeTrue();
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(2_000)]
    [InlineData(2_048)]
    [InlineData(140_000)]
    public void Of_ShortAndLongValues_IsTheHashOfTopicLengthKeyAndValue(int valueLength)
    {
        var key = "k1"u8.ToArray();
        var value = new byte[valueLength];
        new Random(valueLength).NextBytes(value);
        var hash = SHA256.HashData([(byte)EventTopic.Engagement, 2, 0, 0, 0, .. key, .. value]);
        var digest = EventDigest.Of(EventTopic.Engagement, key, value);
        Convert.ToHexString(hash, 0, 16).ShouldBe($"{digest.High:X16}{digest.Low:X16}");
    }
}
