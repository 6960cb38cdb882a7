using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Client.Tests.Protocol;

/// <summary>Every version of every answer, as Kafka's own classes write it, is read.</summary>
public sealed class ResponseTests
{
    private static readonly Guid Id = new("01020304-0506-0708-1112-131415161718");

    public static TheoryData<short> VersionsOf(int key)
    {
        var api = Api.Of((ApiKey)key)!;
        return [.. Enumerable.Range(api.Oldest, api.Newest - api.Oldest + 1).Select(version => (short)version)];
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.ApiVersions)]
    public void ApiVersions_EveryVersion_ChoosesTheNewestCommonOne(short version)
    {
        var response = ApiVersionsResponse.Read(Answers.Frame(Api.ApiVersions, version), version);

        response.Error.ShouldBe(KafkaError.None);
        response.ThrottleMs.ShouldBe(version >= 1 ? 5 : 0);
        response.Best(Api.Produce).ShouldBe((short)11);
        response.Best(Api.Metadata).ShouldBe(Api.Metadata.Newest);
        response.Best(Api.InitProducerId).ShouldBeNull("its oldest is newer than ours");
        response.Best(Api.SaslHandshake).ShouldBeNull("it does not take it");
    }

    [Theory]
    [InlineData("0023" + "00000001" + "001200000002")] // Kafka: one kind, ApiVersions, 0 to 2, in version 0
    [InlineData("0023" + "01" + "00120000000200" + "00000000")] // librdkafka's mock cluster: in a version that there is not
    [InlineData("0023")]
    public void ApiVersions_OldBroker_SaysThatItIsTooNew(string body)
    {
        var frame = Answers.Frame(Api.ApiVersions, 4, 1, Convert.FromHexString(body));

        var response = ApiVersionsResponse.Read(frame, 4);

        response.Error.ShouldBe(KafkaError.UnsupportedVersion);
        response.Best(Api.ApiVersions).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.Metadata)]
    public void Metadata_EveryVersion_IsRead(short version)
    {
        var response = MetadataResponse.Read(Answers.Frame(Api.Metadata, version), version);

        response.Error.ShouldBe(version >= 13 ? KafkaError.RebootstrapRequired : KafkaError.None);
        response.ThrottleMs.ShouldBe(version >= 3 ? 7 : 0);
        response.ClusterId.ShouldBe(version >= 2 ? "abc" : null);
        response.Brokers.ShouldBe([new BrokerEndpoint(1, "kafka-1", 9092), new BrokerEndpoint(2, "::1", 9093)]);
        response.Topics.Select(topic => (topic.Name, topic.Error)).ShouldBe([
            ("ad.click", KafkaError.None), ("ad.impression", KafkaError.UnknownTopicOrPartition)]);
        response.Topics[0].Id.ShouldBe(version >= 10 ? Id : Guid.Empty);
        response.Topics[0].Partitions.ShouldBe([
            new PartitionMetadata(KafkaError.None, 0, 1, version >= 7 ? 4 : -1), new PartitionMetadata(KafkaError.LeaderNotAvailable, 1, -1, -1)]);
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.InitProducerId)]
    public void InitProducerId_EveryVersion_IsRead(short version) => InitProducerIdResponse.Read(Answers.Frame(Api.InitProducerId, version), version)
        .ShouldBe(new InitProducerIdResponse(3, KafkaError.CoordinatorLoadInProgress, 4711, 2));

    [Fact]
    public void SaslHandshake_Refusal_NamesTheMechanisms()
    {
        var response = SaslHandshakeResponse.Read(Answers.Frame(Api.SaslHandshake, 1), 1);

        response.Error.ShouldBe(KafkaError.UnsupportedSaslMechanism);
        response.Mechanisms.ShouldBe(["PLAIN", "OAUTHBEARER"]);
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.SaslAuthenticate)]
    public void SaslAuthenticate_EveryVersion_IsRead(short version)
    {
        var response = SaslAuthenticateResponse.Read(Answers.Frame(Api.SaslAuthenticate, version), version);

        (response.Error, response.Message, response.SessionMs).ShouldBe((KafkaError.SaslAuthenticationFailed, "no", version >= 1 ? 3_600_000 : 0));
        response.Token.ShouldBe([9, 8]);
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.ListOffsets)]
    public void ListOffsets_EveryVersion_IsRead(short version)
    {
        var response = ListOffsetsResponse.Read(Answers.Frame(Api.ListOffsets, version), version);

        response.ThrottleMs.ShouldBe(version >= 2 ? 6 : 0);
        response.Offsets.ShouldBe([
            new ListedOffset("ad.click", 0, KafkaError.None, -1, 1_234_567_890_123), new ListedOffset("ad.click", 7, KafkaError.NotLeaderOrFollower, -1, -1)]);
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.Fetch)]
    public void Fetch_EveryVersion_IsRead(short version)
    {
        var response = FetchResponse.Read(Answers.Frame(Api.Fetch, version), version, out var batches);

        response.ShouldBe(new FetchResponse(8, KafkaError.None, 1_234_567_890_200));
        batches.ToArray().ShouldBe([1, 2, 3, 4, 5]);
        FetchResponse.Read(Answers.Frame(Api.Fetch, version, 1, Goldens.Message("FetchErrorResponse", version)), version, out batches)
            .ShouldBe(new FetchResponse(8, KafkaError.NotLeaderOrFollower, -1));
        batches.Length.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(VersionsOf), (int)ApiKey.Produce)]
    public void Produce_EveryVersion_IsRead(short version)
    {
        var response = new ProduceResponse();
        for (var round = 0; round < 2; round++)
        {
            response.Read(Answers.Frame(Api.Produce, version), version);
        }

        response.ThrottleMs.ShouldBe(250);
        response.Partitions.Select(row => (row.Index, row.Error, row.BaseOffset)).ShouldBe([
            (0, KafkaError.None, 1L << 40), (300, KafkaError.InvalidRecord, -1), (2, KafkaError.NotLeaderOrFollower, -1)]);
        response.Partitions.Select(row => row.Topic).ShouldBe(version >= 13 ? [null, null, null] : ["ad.click", "ad.click", "ad.impression"]);
        response.Partitions[0].TopicId.ShouldBe(version >= 13 ? Id : Guid.Empty);
        response.Partitions[1].RecordErrors.ShouldBe(version >= 8 ? [new RecordError(1, "no key"), new RecordError(3, null)] : []);
        response.Partitions[1].Message.ShouldBe(version >= 8 ? "One or more records" : null);
        (response.Partitions[2].LeaderId, response.Partitions[2].LeaderEpoch).ShouldBe(version >= 10 ? (3, 8) : (-1, -1));
        response.Leaders.ShouldBe(version >= 10 ? [new BrokerEndpoint(3, "kafka-3", 9095)] : []);
    }
}
