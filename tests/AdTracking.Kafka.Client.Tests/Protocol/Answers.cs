using System.Buffers.Binary;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Client.Tests.Protocol;

/// <summary>Answers in frames, and a way to read each kind.</summary>
internal static class Answers
{
    /// <summary>Every version of every answer.</summary>
    public static IEnumerable<(Api Api, short Version)> All() =>
        from api in Api.All from version in Enumerable.Range(api.Oldest, api.Newest - api.Oldest + 1) select (api, (short)version);

    /// <summary>The golden answer with its header, without its length.</summary>
    public static byte[] Frame(Api api, short version) => Frame(api, version, 1, Goldens.Message($"{api.Key}Response", version));

    /// <summary>A body with a header before it.</summary>
    public static byte[] Frame(Api api, short version, int correlationId, ReadOnlySpan<byte> body)
    {
        var header = api.IsFlexible(version) && api.Key != ApiKey.ApiVersions ? 5 : 4;
        var frame = new byte[header + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, correlationId);
        body.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <summary>Reads an answer of any kind.</summary>
    public static object Read(Api api, short version, ReadOnlySpan<byte> frame)
    {
        switch (api.Key)
        {
            case ApiKey.Produce:
                var response = new ProduceResponse();
                response.Read(frame, version);
                return response;
            case ApiKey.Fetch:
                return FetchResponse.Read(frame, version, out _);
            case ApiKey.ListOffsets:
                return ListOffsetsResponse.Read(frame, version);
            case ApiKey.Metadata:
                return MetadataResponse.Read(frame, version);
            case ApiKey.SaslHandshake:
                return SaslHandshakeResponse.Read(frame, version);
            case ApiKey.ApiVersions:
                return ApiVersionsResponse.Read(frame, version);
            case ApiKey.InitProducerId:
                return InitProducerIdResponse.Read(frame, version);
            case ApiKey.SaslAuthenticate:
                return SaslAuthenticateResponse.Read(frame, version);
            default:
                throw new ArgumentOutOfRangeException(nameof(api), api, message: null);
        }
    }
}
