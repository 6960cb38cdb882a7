using System.Buffers.Binary;
using System.Text;

namespace AdTracking.Kafka.Wire;

/// <summary>Writes the fields of one protocol message, in the plain or in the flexible encoding (KIP-482).</summary>
/// <remarks>
/// <code>
/// int8, int16, int32, int64 = big-endian             boolean = one byte, 0 or 1              uuid = 16 bytes, big-endian
/// plain:     string = int16 length, UTF-8            bytes, records = int32 length, content  array = int32 count, elements
///            null   = length or count -1
/// flexible:  string, bytes, records, array = unsigned varint of (length or count) + 1, content; null = 0
///            every structure ends with tags = unsigned varint count, then per tag: unsigned varint number, unsigned varint size, content
/// </code>
/// </remarks>
internal readonly ref struct KafkaWriter
{
    private readonly WireBuffer _buffer;
    private readonly bool _isFlexible;

    /// <summary>Appends to <paramref name="buffer"/>.</summary>
    public KafkaWriter(WireBuffer buffer, bool isFlexible)
    {
        _buffer = buffer;
        _isFlexible = isFlexible;
    }

    /// <summary>Writes an int8.</summary>
    public void WriteInt8(sbyte value)
    {
        _buffer.Room(1)[0] = (byte)value;
        _buffer.Advance(1);
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value) => WriteInt8(value ? (sbyte)1 : (sbyte)0);

    /// <summary>Writes an int16.</summary>
    public void WriteInt16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.Room(sizeof(short)), value);
        _buffer.Advance(sizeof(short));
    }

    /// <summary>Writes an int32.</summary>
    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.Room(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    /// <summary>Writes an int64.</summary>
    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.Room(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    /// <summary>Writes a UUID.</summary>
    public void WriteUuid(Guid value)
    {
        _ = value.TryWriteBytes(_buffer.Room(16), bigEndian: true, out var written);
        _buffer.Advance(written);
    }

    /// <summary>Writes an unsigned varint, whatever the encoding.</summary>
    public void WriteUnsignedVarint(uint value)
    {
        _ = KafkaBinary.TryWriteUnsigned(_buffer.Room(KafkaBinary.VarintBytesMax), value, out var written);
        _buffer.Advance(written);
    }

    /// <summary>Writes a string or null.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteStringLength(-1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringLength(length);
        _buffer.Advance(Encoding.UTF8.GetBytes(value, _buffer.Room(length)));
    }

    /// <summary>Writes a string in the plain encoding, whatever the message's: the client id of request headers.</summary>
    public void WritePlainString(string? value) => new KafkaWriter(_buffer, isFlexible: false).WriteString(value);

    /// <summary>Writes bytes or records: length and content.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteCount(value.Length);
        _buffer.Append(value);
    }

    /// <summary>Writes the count of an array, or the length of bytes that follow; -1 is null.</summary>
    public void WriteCount(int count)
    {
        if (_isFlexible)
        {
            WriteUnsignedVarint((uint)(count + 1));
        }
        else
        {
            WriteInt32(count);
        }
    }

    /// <summary>Ends a structure: no tags in the flexible encoding, nothing in the plain one.</summary>
    public void WriteNoTags()
    {
        if (_isFlexible)
        {
            WriteInt8(0);
        }
    }

    private void WriteStringLength(int length)
    {
        if (_isFlexible)
        {
            WriteUnsignedVarint((uint)(length + 1));
        }
        else
        {
            WriteInt16(checked((short)length));
        }
    }
}
