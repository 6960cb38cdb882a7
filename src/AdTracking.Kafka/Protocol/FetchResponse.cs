using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Record batches of the one partition that was asked for.</summary>
/// <param name="ThrottleMs">How long the client should wait, in milliseconds.</param>
/// <param name="Error">Why there are none.</param>
/// <param name="EndOffset">The high watermark: what readers see ends here. -1 with an error.</param>
internal readonly record struct FetchResponse(int ThrottleMs, KafkaError Error, long EndOffset)
{
    /// <summary>Reads the answer. The batches stay where they are in <paramref name="frame"/>; the last one may be torn.</summary>
    public static FetchResponse Read(ReadOnlySpan<byte> frame, short version, out ReadOnlySpan<byte> batches)
    {
        batches = default;
        var reader = RequestFrame.Open(frame, Api.Fetch, version);
        var throttleMs = reader.ReadInt32();
        var error = KafkaError.None;
        if (version >= 7)
        {
            error = (KafkaError)reader.ReadInt16();
            _ = reader.ReadInt32();
        }

        var response = new FetchResponse(throttleMs, error, -1);
        for (var topics = reader.ReadCount(); topics > 0; topics--)
        {
            if (version >= 13)
            {
                _ = reader.ReadUuid();
            }
            else
            {
                _ = reader.ReadString();
            }

            for (var left = reader.ReadCount(); left > 0; left--)
            {
                batches = ReadPartition(ref reader, version, ref response);
            }

            reader.SkipTags();
        }

        reader.SkipTags();
        reader.End();
        return response;
    }

    private static ReadOnlySpan<byte> ReadPartition(scoped ref KafkaReader reader, short version, scoped ref FetchResponse response)
    {
        _ = reader.ReadInt32();
        var error = (KafkaError)reader.ReadInt16();
        var end = reader.ReadInt64();
        _ = reader.ReadInt64(); // last stable offset
        if (version >= 5)
        {
            _ = reader.ReadInt64(); // start of the log
        }

        for (var aborted = reader.ReadCount(); aborted > 0; aborted--)
        {
            _ = reader.ReadInt64();
            _ = reader.ReadInt64();
            reader.SkipTags();
        }

        if (version >= 11)
        {
            _ = reader.ReadInt32(); // a replica to read from: only for those that name a rack
        }

        var batches = reader.ReadBytes();
        reader.SkipTags();
        response = response with { Error = response.Error == KafkaError.None ? error : response.Error, EndOffset = end };
        return batches;
    }
}
