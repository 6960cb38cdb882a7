using System.Text;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Records;

/// <summary>The headers of a record, encoded once when they are made: records that share them copy a few bytes.</summary>
/// <remarks>
/// <code>
/// headers = varint count, header*
/// header  = varint key length, key (UTF-8), varint value length or -1 for null, value
/// </code>
/// </remarks>
public sealed class RecordHeaders
{
    private readonly byte[] _encoded;

    private RecordHeaders(byte[] encoded) => _encoded = encoded;

    /// <summary>No headers.</summary>
    public static RecordHeaders None { get; } = new([0]);

    /// <summary>The headers as they are written into a record, their count included.</summary>
    internal ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Encodes headers in the given order; a name may appear more than once, and a value may be null.</summary>
    public static RecordHeaders Of(params ReadOnlySpan<KeyValuePair<string, byte[]?>> headers)
    {
        using var buffer = new WireBuffer(256);
        WriteVarint(buffer, headers.Length);
        foreach (var (key, value) in headers)
        {
            WriteVarint(buffer, Encoding.UTF8.GetByteCount(key));
            buffer.Append(Encoding.UTF8.GetBytes(key));
            WriteVarint(buffer, value?.Length ?? -1);
            buffer.Append(value);
        }

        return new RecordHeaders(buffer.Written.ToArray());
    }

    private static void WriteVarint(WireBuffer buffer, int value)
    {
        _ = KafkaBinary.TryWriteVarint(buffer.Room(KafkaBinary.VarintBytesMax), value, out var written);
        buffer.Advance(written);
    }
}
