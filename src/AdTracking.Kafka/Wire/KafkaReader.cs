using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AdTracking.Kafka.Wire;

/// <summary>Reads the fields of one protocol message, in the plain or in the flexible encoding (the grammar is at <see cref="KafkaWriter"/>).
/// Whatever the bytes are, it throws nothing but <see cref="KafkaProtocolException"/>, and a length that they claim is compared with what is
/// left before anything is made of it.</summary>
internal ref struct KafkaReader
{
    private readonly bool _isFlexible;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads from the beginning of <paramref name="source"/>.</summary>
    public KafkaReader(ReadOnlySpan<byte> source, bool isFlexible)
    {
        _rest = source;
        _isFlexible = isFlexible;
    }

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Reads an int8.</summary>
    public sbyte ReadInt8() => (sbyte)Take(1)[0];

    /// <summary>Reads a boolean: any byte but 0 is true, as Kafka reads it.</summary>
    public bool ReadBoolean() => Take(1)[0] != 0;

    /// <summary>Reads an int16.</summary>
    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    /// <summary>Reads an int32.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    /// <summary>Reads an int64.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    /// <summary>Reads a UUID.</summary>
    public Guid ReadUuid() => new(Take(16), bigEndian: true);

    /// <summary>Reads an unsigned varint, whatever the encoding.</summary>
    public uint ReadUnsignedVarint()
    {
        if (!KafkaBinary.TryReadUnsignedVarint(_rest, out var value, out var read))
        {
            Throw("a number of variable length is torn or too long");
        }

        _rest = _rest[read..];
        return value;
    }

    /// <summary>Reads a string that may not be null.</summary>
    public string ReadString() => ReadNullableString() ?? Throw<string>("a string is null where it must not be");

    /// <summary>Reads a string or null.</summary>
    public string? ReadNullableString()
    {
        var length = _isFlexible ? ReadCompactLength() : ReadInt16();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>Reads bytes; null is empty.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(Math.Max(0, _isFlexible ? ReadCompactLength() : ReadInt32()));

    /// <summary>Reads the count of an array; null is 0. Every element takes at least one byte, so a count above what is left is an error.</summary>
    public int ReadCount()
    {
        var count = Math.Max(0, _isFlexible ? ReadCompactLength() : ReadInt32());
        if (count > _rest.Length)
        {
            Throw("an array claims more elements than bytes are left");
        }

        return count;
    }

    /// <summary>Skips an array of int32.</summary>
    public void SkipInt32Array()
    {
        var count = ReadCount();
        if (count > _rest.Length / sizeof(int))
        {
            Throw("an array claims more elements than bytes are left");
        }

        _rest = _rest[(count * sizeof(int))..];
    }

    /// <summary>Ends a structure all of whose tags are to be ignored.</summary>
    public void SkipTags()
    {
        for (var left = ReadTagCount(); left > 0; left--)
        {
            _ = ReadTag(out _);
        }
    }

    /// <summary>Reads how many tags end a structure; 0 in the plain encoding.</summary>
    public uint ReadTagCount() => _isFlexible ? ReadUnsignedVarint() : 0;

    /// <summary>Reads one tag: its number, and its content as a reader of its own.</summary>
    public uint ReadTag(out KafkaReader content)
    {
        var tag = ReadUnsignedVarint();
        var size = ReadUnsignedVarint();
        content = new KafkaReader(Take(size > int.MaxValue ? -1 : (int)size), _isFlexible);
        return tag;
    }

    /// <summary>Ends the message: bytes that are left mean that it is not the message it was taken for.</summary>
    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            Throw($"{_rest.Length} bytes are left after the message");
        }
    }

    private int ReadCompactLength()
    {
        var length = ReadUnsignedVarint();
        return length > int.MaxValue ? Throw<int>("a length is too large") : (int)length - 1;
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if ((uint)bytes > (uint)_rest.Length)
        {
            Throw("the message ends in the middle of a field");
        }

        var taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }

    [DoesNotReturn]
    private static void Throw(string what) => throw new KafkaProtocolException("Kafka's answer cannot be read: " + what + ".");

    [DoesNotReturn]
    private static T Throw<T>(string what) => throw new KafkaProtocolException("Kafka's answer cannot be read: " + what + ".");
}
