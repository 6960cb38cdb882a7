using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Protocol;

/// <summary>Whatever a broker answers: it is read, or it is a <see cref="KafkaProtocolException"/>, at a cost that its length bounds.</summary>
public sealed class HostileAnswerTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_EveryPrefix_IsAProtocolError()
    {
        foreach (var (api, version) in Answers.All())
        {
            var frame = Answers.Frame(api, version);
            for (var length = 0; length < frame.Length; length++)
            {
                Should.Throw<KafkaProtocolException>(() => Answers.Read(api, version, frame.AsSpan(0, length)), $"{api.Key} {version}, {length} bytes");
            }
        }
    }

    // But for metadata, behind which librdkafka's mock cluster has bytes.
    [Fact]
    public void Read_BytesAfterTheAnswer_AreAProtocolError()
    {
        foreach (var (api, version) in Answers.All().Where(row => row.Item1 != Api.Metadata))
        {
            Should.Throw<KafkaProtocolException>(() => Answers.Read(api, version, [.. Answers.Frame(api, version), 0]), $"{api.Key} {version}");
        }
    }

    [Fact]
    public void Read_MutatedAnswers_ThrowNothingElse()
    {
        var random = Seeds.Random(output);
        var refused = 0;
        foreach (var (api, version) in Answers.All())
        {
            for (var round = 0; round < 300; round++)
            {
                var frame = Answers.Frame(api, version);
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                {
                    frame[random.Next(frame.Length)] = (byte)random.Next(256);
                }

                refused += IsRefused(api, version, frame) ? 1 : 0;
            }
        }

        refused.ShouldBeGreaterThan(1_000);
    }

    // The largest lengths at every place: nothing near their size may be allocated.
    [Fact]
    public void Read_HugeLengthsAnywhere_AllocateLittle()
    {
        var lengths = ((string[])["7FFFFFFF", "FFFFFFFF", "FFFFFF7F", "FFFFFFFF0F", "7FFF", "80000000"]).Select(Convert.FromHexString).ToArray();
        var most = 0L;
        foreach (var (api, version) in Answers.All())
        {
            foreach (var length in lengths)
            {
                for (var at = 0; at + length.Length <= Answers.Frame(api, version).Length; at++)
                {
                    var frame = Answers.Frame(api, version);
                    length.CopyTo(frame, at);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    _ = IsRefused(api, version, frame);
                    most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
                }
            }
        }

        most.ShouldBeLessThan(64 * 1024);
    }

    [Fact]
    public void Read_UnknownTags_AreIgnored()
    {
        // InitProducerId version 2, and a tag 9 with three bytes at the end of header and body.
        byte[] frame = [0, 0, 0, 1, 1, 9, 3, 7, 7, 7, .. Goldens.Message("InitProducerIdResponse", 2)[..^1], 1, 9, 3, 7, 7, 7];

        InitProducerIdResponse.Read(frame, 2).ProducerId.ShouldBe(4711);
    }

    private static bool IsRefused(Api api, short version, byte[] frame)
    {
        try
        {
            _ = Answers.Read(api, version, frame);
            return false;
        }
        catch (KafkaProtocolException)
        {
            return true;
        }
    }
}
