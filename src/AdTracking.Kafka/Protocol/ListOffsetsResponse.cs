namespace AdTracking.Kafka.Protocol;

/// <summary>Offsets that were asked for.</summary>
internal sealed record ListOffsetsResponse(int ThrottleMs, IReadOnlyList<ListedOffset> Offsets)
{
    /// <summary>Reads the answer.</summary>
    public static ListOffsetsResponse Read(ReadOnlySpan<byte> frame, short version)
    {
        var reader = RequestFrame.Open(frame, Api.ListOffsets, version);
        var throttleMs = version >= 2 ? reader.ReadInt32() : 0;
        var offsets = new List<ListedOffset>();
        for (var topics = reader.ReadCount(); topics > 0; topics--)
        {
            var topic = reader.ReadString();
            for (var left = reader.ReadCount(); left > 0; left--)
            {
                offsets.Add(new ListedOffset(topic, reader.ReadInt32(), (KafkaError)reader.ReadInt16(), reader.ReadInt64(), reader.ReadInt64()));
                if (version >= 4)
                {
                    _ = reader.ReadInt32();
                }

                reader.SkipTags();
            }

            reader.SkipTags();
        }

        reader.SkipTags();
        reader.End();
        return new ListOffsetsResponse(throttleMs, offsets);
    }
}
