using System.Buffers.Binary;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Writes the frame around a request, and reads the one around an answer.</summary>
/// <remarks>
/// <code>
/// request = length int32 (of all that follows), api int16, version int16, correlation id int32, client id (plain string or null),
///           tags (flexible versions only), body
/// answer  = length int32 (of all that follows), correlation id int32, tags (flexible versions only, but never ApiVersions), body
/// </code>
/// </remarks>
internal static class RequestFrame
{
    /// <summary>Bytes of the length before a frame.</summary>
    public const int LengthBytes = sizeof(int);

    /// <summary>Begins a request at the end of <paramref name="buffer"/>; the body is written with what this returns.</summary>
    public static KafkaWriter Begin(WireBuffer buffer, Api api, short version, int correlationId, string? clientId)
    {
        var writer = new KafkaWriter(buffer, api.IsFlexible(version));
        writer.WriteInt32(0);
        writer.WriteInt16((short)api.Key);
        writer.WriteInt16(version);
        writer.WriteInt32(correlationId);
        writer.WritePlainString(clientId);
        writer.WriteNoTags();
        return writer;
    }

    /// <summary>Ends the request that begins at <paramref name="start"/>.</summary>
    public static void End(WireBuffer buffer, int start) =>
        BinaryPrimitives.WriteInt32BigEndian(buffer.Slice(start, LengthBytes), buffer.Length - start - LengthBytes);

    /// <summary>The correlation id of an answer without its length.</summary>
    public static int CorrelationIdOf(ReadOnlySpan<byte> frame) => new KafkaReader(frame, isFlexible: false).ReadInt32();

    /// <summary>A reader for the body of an answer without its length.</summary>
    public static KafkaReader Open(ReadOnlySpan<byte> frame, Api api, short version)
    {
        var reader = new KafkaReader(frame, api.IsFlexible(version) && api.Key != ApiKey.ApiVersions);
        _ = reader.ReadInt32();
        reader.SkipTags();
        return api.Key == ApiKey.ApiVersions ? new KafkaReader(frame[sizeof(int)..], api.IsFlexible(version)) : reader;
    }
}
