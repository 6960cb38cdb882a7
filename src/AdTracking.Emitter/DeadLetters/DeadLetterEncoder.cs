using System.Security.Cryptography;
using System.Text;
using AdTracking.Avro.Records;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.DeadLetters;

/// <summary>Makes the BadEvent of a record that Kafka refused: the reason, the topic, and the record's bytes as they were sent.</summary>
internal sealed unsafe class DeadLetterEncoder(DeadLetterOptions options)
{
    /// <summary>Bytes of the record that a BadEvent holds at most; an encoded event is far smaller.</summary>
    public const int BodyBytesMax = 96 * 1024;

    /// <summary>What a value is in, for whoever looks at the BadEvent.</summary>
    private const string ContentType = "application/vnd.confluent.avro";

    /// <summary>Puts the BadEvent into the group, as its only event.</summary>
    public void Encode(DeadLetter letter, EventHeader* header, GroupBuffer group)
    {
        var key = (byte*)header + EventHeader.Bytes;
        var value = new ReadOnlySpan<byte>(key + header->KeyLength, header->ValueLength);
        var kept = value[..Math.Min(value.Length, letter.BodyBytesMax)];
        var now = options.TimeProvider.GetUtcNow();
        var bad = new BadEvent
        {
            BadId = Guid.CreateVersion7(now).ToString(),
            ReceivedTs = now,
            EdgeId = options.EdgeId,
            FailureCode = FailureCode.KafkaRejected,
            FailureTag = FaultCodes.Tag(FaultCode.KafkaRejected),
            FailureMessage = $"{options.Topics[header->Topic]}-{letter.Partition} refused it: "
                + $"{Librdkafka.ErrorName(letter.Error)}, {Librdkafka.ErrorText(letter.Error)}",
            SchemaName = SchemaNameOf(header->Topic),
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["kafka-topic"] = options.Topics[header->Topic],
                ["kafka-key"] = Encoding.UTF8.GetString(key, Math.Min((int)header->KeyLength, 1_024)),
            },
            ContentType = ContentType,
            Body = new AvroBytes(kept.ToArray()),
            BodyTruncated = kept.Length < value.Length,
            BodyLength = value.Length,
            BodySha256 = Convert.ToHexStringLower(SHA256.HashData(value)),
        };
        var begun = group.TryBegin(EventTopic.Bad, Encoding.ASCII.GetBytes(bad.BadId), out var room);
        Invariant.Holds(begun & bad.TryEncode(room, out var written), "a BadEvent fits");
        group.Commit(written);
        group.ExemptFromShare();
    }

    private static string? SchemaNameOf(EventTopic topic) => topic switch
    {
        EventTopic.Impression => nameof(AdImpression),
        EventTopic.Click => nameof(AdClick),
        EventTopic.Engagement => nameof(AdEngagement),
        EventTopic.Bad => nameof(BadEvent),
        EventTopic.Audit => nameof(LedgerEntry),
        _ => null,
    };
}
