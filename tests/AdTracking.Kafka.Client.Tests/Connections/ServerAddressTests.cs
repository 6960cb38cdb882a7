using AdTracking.Kafka.Connections;

namespace AdTracking.Kafka.Client.Tests.Connections;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("kafka-1:9093", "kafka-1:9093")]
    [InlineData("kafka-1", "kafka-1:9092")]
    [InlineData(" a:1, [::1]:9093 ,,10.0.0.1, a:1,[fe80::2]", "a:1 [::1]:9093 10.0.0.1:9092 [fe80::2]:9092")]
    public void ParseList_Addresses_AreRead(string text, string read) => string.Join(' ', ServerAddress.ParseList(text)).ShouldBe(read);

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:-1")]
    [InlineData("a:x")]
    [InlineData("a:")]
    [InlineData(":9092")]
    [InlineData("[::1")]
    [InlineData("[]:9092")]
    [InlineData("[::1]9092")]
    [InlineData("PLAINTEXT://a:9092")]
    [InlineData("a b:9092")]
    public void ParseList_Nonsense_IsRefused(string text) => Should.Throw<FormatException>(() => ServerAddress.ParseList(text));

    [Fact]
    public void Fail_AgainAndAgain_WaitsLongerUpToTheLimit()
    {
        var backoff = new Backoff(100, 1_000, new Random(1));
        foreach (var expected in (int[])[100, 200, 400, 800, 1_000, 1_000])
        {
            backoff.Fail().ShouldBeInRange(expected * 8 / 10, expected * 12 / 10);
        }

        for (var i = 0; i < 100; i++)
        {
            backoff.Fail().ShouldBeInRange(800, 1_200);
        }

        backoff.Succeed();
        backoff.Fail().ShouldBeInRange(80, 120);
    }
}
