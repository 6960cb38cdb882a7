namespace AdTracking.Kafka.Protocol;

/// <summary>What a broker takes.</summary>
internal sealed class ApiVersionsResponse
{
    private readonly Dictionary<short, (short Oldest, short Newest)> _versions = [];

    private ApiVersionsResponse(KafkaError error) => Error = error;

    /// <summary>With <see cref="KafkaError.UnsupportedVersion"/> the broker is older than the request: version 0 tells as much.</summary>
    public KafkaError Error { get; }

    /// <summary>How long the client should wait, in milliseconds.</summary>
    public int ThrottleMs { get; private set; }

    /// <summary>Reads the body. A broker that does not know the version answers in another one, or in none that there is: only its error is
    /// read.</summary>
    public static ApiVersionsResponse Read(ReadOnlySpan<byte> frame, short version)
    {
        var reader = RequestFrame.Open(frame, Api.ApiVersions, version);
        var error = (KafkaError)reader.ReadInt16();
        var response = new ApiVersionsResponse(error);
        if (error == KafkaError.UnsupportedVersion)
        {
            return response;
        }

        for (var left = reader.ReadCount(); left > 0; left--)
        {
            response._versions[reader.ReadInt16()] = (reader.ReadInt16(), reader.ReadInt16());
            reader.SkipTags();
        }

        response.ThrottleMs = version >= 1 ? reader.ReadInt32() : 0;
        reader.SkipTags();
        reader.End();
        return response;
    }

    /// <summary>The newest version that both sides know, or null.</summary>
    public short? Best(Api api)
    {
        if (!_versions.TryGetValue((short)api.Key, out var theirs))
        {
            return null;
        }

        var best = Math.Min(api.Newest, theirs.Newest);
        return best >= Math.Max(api.Oldest, theirs.Oldest) ? best : null;
    }
}
