using System.Buffers.Binary;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Protocol;

/// <summary>Every version of every request has the bytes that Kafka's own classes write.</summary>
public sealed class RequestTests
{
    private static readonly Guid Id = new("01020304-0506-0708-1112-131415161718");
    private static readonly Guid OtherId = new("00000000-0000-0005-0000-000000000006");

    public static TheoryData<string, short> Versions() => [.. Answers.All().Select(row => (row.Api.Key.ToString(), row.Version))];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_EveryVersion_IsKafkasOwnBytes(string key, short version)
    {
        var api = Api.Of(Enum.Parse<ApiKey>(key))!;
        using var buffer = new WireBuffer(16);

        WriteBody(new KafkaWriter(buffer, api.IsFlexible(version)), api.Key, version);

        Convert.ToHexString(buffer.Written).ShouldBe(Convert.ToHexString(Goldens.Message($"{key}Request", version)));
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    public void Begin_Header_IsKafkasOwnBytes(short version, int headerVersion)
    {
        using var buffer = new WireBuffer(16);
        buffer.Append([0xAA]);

        RequestFrame.Begin(buffer, Api.Metadata, version, 77, "gateway-1").WriteInt32(5);
        RequestFrame.End(buffer, 1);

        var golden = Goldens.Message("RequestHeader", headerVersion);
        golden[3] = (byte)version; // it was written for version 9
        buffer.Written[5..^4].ToArray().ShouldBe(golden);
        BinaryPrimitives.ReadInt32BigEndian(buffer.Written[1..]).ShouldBe(golden.Length + 4);
    }

    private static void WriteBody(KafkaWriter writer, ApiKey key, short version)
    {
        switch (key)
        {
            case ApiKey.Produce:
                WriteProduce(writer, version);
                break;
            case ApiKey.Fetch:
                new FetchRequest("ad.click", Id, 7, 1_234_567_890_123, WaitMs: 100, BytesMax: 4_194_304).Write(writer, version);
                break;
            case ApiKey.ListOffsets:
                new ListOffsetsRequest("ad.click", [0, 7], ListOffsetsRequest.Latest).Write(writer, version);
                break;
            case ApiKey.Metadata:
                new MetadataRequest(["ad.click", "ad.impression"]).Write(writer, version);
                break;
            case ApiKey.SaslHandshake:
                new SaslHandshakeRequest("SCRAM-SHA-256").Write(writer);
                break;
            case ApiKey.ApiVersions:
                new ApiVersionsRequest("adtracking", "0.1.0").Write(writer, version);
                break;
            case ApiKey.InitProducerId:
                InitProducerIdRequest.Write(writer, version);
                break;
            default:
                SaslAuthenticateRequest.Write(writer, [0, 1, 2]);
                break;
        }
    }

    private static void WriteProduce(KafkaWriter writer, short version)
    {
        var request = new ProduceRequestWriter(writer, version, timeoutMs: 30_000, topics: 2);
        foreach (var (name, id) in (ReadOnlySpan<(string, Guid)>)[("ad.click", Id), ("ad.impression", OtherId)])
        {
            request.BeginTopic(name, id, partitions: 2);
            request.WritePartition(0, [1, 2, 3]);
            request.WritePartition(300, new byte[130]);
            request.EndTopic();
        }

        request.End();
    }
}
