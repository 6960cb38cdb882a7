using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>A broker's answer to a produce request. One object serves all answers of a connection: reading the next one forgets the last.</summary>
internal sealed class ProduceResponse
{
    private static readonly List<RecordError> NoErrors = [];
    private readonly List<ProducedPartition> _partitions = [];
    private readonly List<BrokerEndpoint> _leaders = [];

    /// <summary>A word on each batch.</summary>
    public List<ProducedPartition> Partitions => _partitions;

    /// <summary>Where the leaders are that the partitions name (KIP-951).</summary>
    public List<BrokerEndpoint> Leaders => _leaders;

    /// <summary>How long the client should wait, in milliseconds.</summary>
    public int ThrottleMs { get; private set; }

    /// <summary>Reads an answer. Nothing of it counts before all of it was read.</summary>
    public void Read(ReadOnlySpan<byte> frame, short version)
    {
        _partitions.Clear();
        _leaders.Clear();
        var reader = RequestFrame.Open(frame, Api.Produce, version);
        for (var topics = reader.ReadCount(); topics > 0; topics--)
        {
            var name = version >= 13 ? null : reader.ReadString();
            var id = version >= 13 ? reader.ReadUuid() : Guid.Empty;
            for (var left = reader.ReadCount(); left > 0; left--)
            {
                _partitions.Add(ReadPartition(ref reader, version, name, id));
            }

            reader.SkipTags();
        }

        ThrottleMs = reader.ReadInt32();
        for (var tags = reader.ReadTagCount(); tags > 0; tags--)
        {
            if (reader.ReadTag(out var content) == 0 && version >= 10)
            {
                ReadLeaders(ref content);
            }
        }

        reader.End();
    }

    private static ProducedPartition ReadPartition(ref KafkaReader reader, short version, string? name, Guid id)
    {
        var index = reader.ReadInt32();
        var error = (KafkaError)reader.ReadInt16();
        var baseOffset = reader.ReadInt64();
        _ = reader.ReadInt64();
        if (version >= 5)
        {
            _ = reader.ReadInt64();
        }

        var recordErrors = version >= 8 ? ReadRecordErrors(ref reader) : NoErrors;
        var message = version >= 8 ? reader.ReadNullableString() : null;
        var leaderId = -1;
        var leaderEpoch = -1;
        for (var tags = reader.ReadTagCount(); tags > 0; tags--)
        {
            if (reader.ReadTag(out var content) == 0 && version >= 10)
            {
                leaderId = content.ReadInt32();
                leaderEpoch = content.ReadInt32();
                content.SkipTags();
                content.End();
            }
        }

        return new ProducedPartition(name, id, index, error, baseOffset, recordErrors, message, leaderId, leaderEpoch);
    }

    private static List<RecordError> ReadRecordErrors(ref KafkaReader reader)
    {
        var left = reader.ReadCount();
        if (left == 0)
        {
            return NoErrors;
        }

        var errors = new List<RecordError>();
        for (; left > 0; left--)
        {
            errors.Add(new RecordError(reader.ReadInt32(), reader.ReadNullableString()));
            reader.SkipTags();
        }

        return errors;
    }

    private void ReadLeaders(ref KafkaReader reader)
    {
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            _leaders.Add(new BrokerEndpoint(reader.ReadInt32(), reader.ReadString(), reader.ReadInt32()));
            _ = reader.ReadNullableString();
            reader.SkipTags();
        }

        reader.End();
    }
}
