using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>The header of a request, as a broker reads it.</summary>
internal readonly record struct RequestHead(Api Api, short Version, int CorrelationId, string? ClientId)
{
    /// <summary>Reads it from a frame without its length; the reader that is returned is at the body.</summary>
    public static RequestHead Read(ReadOnlySpan<byte> frame, out KafkaReader body)
    {
        var plain = new KafkaReader(frame, isFlexible: false);
        var api = Api.Of((ApiKey)plain.ReadInt16())!;
        var version = plain.ReadInt16();
        var head = new RequestHead(api, version, plain.ReadInt32(), plain.ReadNullableString());
        body = new KafkaReader(frame[^plain.Remaining..], api.IsFlexible(version));
        body.SkipTags();
        return head;
    }

    /// <summary>Begins the answer, its length included.</summary>
    public KafkaWriter BeginAnswer(WireBuffer buffer)
    {
        var writer = new KafkaWriter(buffer, Api.IsFlexible(Version));
        writer.WriteInt32(0);
        writer.WriteInt32(CorrelationId);
        if (Api.Key != ApiKey.ApiVersions)
        {
            writer.WriteNoTags();
        }

        return writer;
    }

    /// <summary>Answers an ApiVersions request with the given versions of each kind; null is a kind that is not taken.</summary>
    public void AnswerVersions(WireBuffer buffer, Func<Api, (short Oldest, short Newest)?> versionsOf)
    {
        var start = buffer.Length;
        var isKnown = versionsOf(Api)!.Value.Newest >= Version;
        var head = isKnown ? this : this with { Version = 0 };
        var writer = head.BeginAnswer(buffer);
        writer.WriteInt16((short)(isKnown ? KafkaError.None : KafkaError.UnsupportedVersion));
        var taken = Api.All.Where(api => versionsOf(api) is not null).ToArray();
        writer.WriteCount(taken.Length);
        foreach (var api in taken)
        {
            writer.WriteInt16((short)api.Key);
            writer.WriteInt16(versionsOf(api)!.Value.Oldest);
            writer.WriteInt16(versionsOf(api)!.Value.Newest);
            writer.WriteNoTags();
        }

        if (head.Version >= 1)
        {
            writer.WriteInt32(0);
        }

        writer.WriteNoTags();
        RequestFrame.End(buffer, start);
    }
}
