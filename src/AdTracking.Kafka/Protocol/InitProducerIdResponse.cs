namespace AdTracking.Kafka.Protocol;

/// <summary>A producer's id.</summary>
internal readonly record struct InitProducerIdResponse(int ThrottleMs, KafkaError Error, long ProducerId, short ProducerEpoch)
{
    /// <summary>Reads the answer.</summary>
    public static InitProducerIdResponse Read(ReadOnlySpan<byte> frame, short version)
    {
        var reader = RequestFrame.Open(frame, Api.InitProducerId, version);
        var response = new InitProducerIdResponse(reader.ReadInt32(), (KafkaError)reader.ReadInt16(), reader.ReadInt64(), reader.ReadInt16());
        reader.SkipTags();
        reader.End();
        return response;
    }
}
