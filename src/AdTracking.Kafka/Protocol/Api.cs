namespace AdTracking.Kafka.Protocol;

/// <summary>One kind of request: the versions that are spoken here. The oldest are those of Kafka 2.8 or older, the newest those of 4.3.</summary>
/// <param name="Key">Its number.</param>
/// <param name="Oldest">The oldest version.</param>
/// <param name="Newest">The newest version.</param>
/// <param name="FlexibleFrom">The first version in the flexible encoding (KIP-482).</param>
internal sealed record Api(ApiKey Key, short Oldest, short Newest, short FlexibleFrom)
{
    /// <summary>Brokers refuse zstd in older versions of Produce.</summary>
    public const short ProduceZstdFrom = 7;

    /// <summary>Version 13 names topics by their ids.</summary>
    public static readonly Api Produce = new(ApiKey.Produce, 3, 13, 9);

    /// <summary>Version 13 names topics by their ids, 15 leaves out who reads, 17 is for brokers.</summary>
    public static readonly Api Fetch = new(ApiKey.Fetch, 4, 16, 12);

    /// <summary>Version 11 has a special timestamp that is not used here.</summary>
    public static readonly Api ListOffsets = new(ApiKey.ListOffsets, 1, 10, 6);

    /// <summary>Version 10 brings the ids of topics.</summary>
    public static readonly Api Metadata = new(ApiKey.Metadata, 1, 13, 9);

    /// <summary>Version 0 is followed by tokens outside of requests, and is not spoken.</summary>
    public static readonly Api SaslHandshake = new(ApiKey.SaslHandshake, 1, 1, short.MaxValue);

    /// <summary>Version 3 names the client's software.</summary>
    public static readonly Api ApiVersions = new(ApiKey.ApiVersions, 0, 4, 3);

    /// <summary>Version 6 is about transactions only.</summary>
    public static readonly Api InitProducerId = new(ApiKey.InitProducerId, 0, 5, 2);

    /// <summary>Version 1 brings the session's lifetime.</summary>
    public static readonly Api SaslAuthenticate = new(ApiKey.SaslAuthenticate, 0, 2, 2);

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<Api> All { get; } = [Produce, Fetch, ListOffsets, Metadata, SaslHandshake, ApiVersions, InitProducerId, SaslAuthenticate];

    /// <summary>Whether a version is in the flexible encoding.</summary>
    public bool IsFlexible(short version) => version >= FlexibleFrom;

    /// <summary>The kind with that number, or null.</summary>
    public static Api? Of(ApiKey key) => All.FirstOrDefault(api => api.Key == key);
}
