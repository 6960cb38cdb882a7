namespace AdTracking.Kafka.Protocol;

/// <summary>The requests that are made here, with Kafka's numbers.</summary>
internal enum ApiKey : short
{
    /// <summary>Appends record batches.</summary>
    Produce = 0,

    /// <summary>Reads record batches.</summary>
    Fetch = 1,

    /// <summary>Asks for offsets.</summary>
    ListOffsets = 2,

    /// <summary>Asks for brokers, topics and leaders.</summary>
    Metadata = 3,

    /// <summary>Chooses a SASL mechanism.</summary>
    SaslHandshake = 17,

    /// <summary>Asks which requests a broker takes.</summary>
    ApiVersions = 18,

    /// <summary>Asks for an idempotent producer's id.</summary>
    InitProducerId = 22,

    /// <summary>Carries one step of a SASL exchange.</summary>
    SaslAuthenticate = 36,
}
