using System.Text;
using System.Text.Unicode;

namespace AdTracking.Avro.Wire;

/// <summary>Reads Avro values one after another from a span, bounded by <see cref="AvroReadLimits"/>. It never throws: the first <see
/// cref="Error"/> stays, and from then on every read gives an empty value at once, so that a whole record is read first and asked once.
/// Strings and bytes are slices of the source.</summary>
public ref partial struct AvroReader
{
    private readonly ReadOnlySpan<byte> _source;
    private readonly AvroReadLimits _limits;
    private int _position;
    private int _depth;
    private int _items;
    private AvroReadError _error;

    /// <summary>Starts reading with the default limits.</summary>
    public AvroReader(ReadOnlySpan<byte> source)
        : this(source, AvroReadLimits.Default)
    {
    }

    /// <summary>Starts reading at the beginning of <paramref name="source"/>.</summary>
    public AvroReader(ReadOnlySpan<byte> source, AvroReadLimits limits)
    {
        _source = source;
        _limits = limits;
    }

    /// <summary>The first error, or <see cref="AvroReadError.None"/>.</summary>
    public readonly AvroReadError Error => _error;

    /// <summary>True once something was wrong.</summary>
    public readonly bool Failed => _error != AvroReadError.None;

    /// <summary>Bytes read so far; after an error, where the value that failed begins.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes that are left; none after an error.</summary>
    public readonly int Remaining => Failed ? 0 : _source.Length - _position;

    private readonly ReadOnlySpan<byte> Rest => _source[_position..];

    /// <summary>Reads null, which takes no bytes.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "stands beside the other reads")]
    public readonly void ReadNull()
    {
    }

    /// <summary>Reads a boolean.</summary>
    public bool ReadBoolean()
    {
        if (Failed)
        {
            return false;
        }

        if (!AvroBinary.TryReadBoolean(Rest, out var value, out var read))
        {
            Fail(Remaining == 0 ? AvroReadError.EndOfData : AvroReadError.BadBoolean);
        }

        _position += read;
        return value;
    }

    /// <summary>Reads an int.</summary>
    public int ReadInt()
    {
        if (Failed)
        {
            return 0;
        }

        if (!AvroBinary.TryReadInt(Rest, out var value, out var read))
        {
            FailVarint(AvroBinary.IntBytesMax);
        }

        _position += read;
        return value;
    }

    /// <summary>Reads a long.</summary>
    public long ReadLong()
    {
        if (Failed)
        {
            return 0;
        }

        if (!AvroBinary.TryReadLong(Rest, out var value, out var read))
        {
            FailVarint(AvroBinary.LongBytesMax);
        }

        _position += read;
        return value;
    }

    /// <summary>Reads a float.</summary>
    public float ReadFloat()
    {
        if (Failed)
        {
            return 0;
        }

        if (!AvroBinary.TryReadFloat(Rest, out var value, out var read))
        {
            Fail(AvroReadError.EndOfData);
        }

        _position += read;
        return value;
    }

    /// <summary>Reads a double.</summary>
    public double ReadDouble()
    {
        if (Failed)
        {
            return 0;
        }

        if (!AvroBinary.TryReadDouble(Rest, out var value, out var read))
        {
            Fail(AvroReadError.EndOfData);
        }

        _position += read;
        return value;
    }

    /// <summary>Reads bytes as a slice of the source.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var start = _position;
        var length = ReadLong();
        if (Failed)
        {
            return default;
        }

        if (length < 0)
        {
            return FailAt(start, AvroReadError.NegativeLength);
        }

        if (length > Remaining)
        {
            return FailAt(start, AvroReadError.LengthBeyondData);
        }

        if (length > _limits.ValueBytesMax)
        {
            return FailAt(start, AvroReadError.TooLong);
        }

        return Take((int)length);
    }

    /// <summary>Reads a string as a slice of the source; it is valid UTF-8.</summary>
    public ReadOnlySpan<byte> ReadStringUtf8()
    {
        var start = _position;
        var utf8 = ReadBytes();
        return Utf8.IsValid(utf8) ? utf8 : FailAt(start, AvroReadError.BadUtf8);
    }

    /// <summary>Reads a string (this allocates it).</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadStringUtf8());

    /// <summary>Reads a fixed of <paramref name="size"/> bytes as a slice of the source.</summary>
    public ReadOnlySpan<byte> ReadFixed(int size)
    {
        if (Failed)
        {
            return default;
        }

        return (uint)size <= (uint)Remaining ? Take(size) : FailAt(_position, AvroReadError.EndOfData);
    }

    /// <summary>Reads an enum's index; it lies within <paramref name="symbolCount"/>.</summary>
    public int ReadEnum(int symbolCount) => ReadIndex(symbolCount, AvroReadError.BadEnumIndex);

    /// <summary>Reads a union's index; it lies within <paramref name="branchCount"/>.</summary>
    public int ReadUnionIndex(int branchCount) => ReadIndex(branchCount, AvroReadError.BadUnionIndex);

    /// <summary>Skips <paramref name="length"/> bytes.</summary>
    public void Skip(int length) => ReadFixed(length);

    /// <summary>Says that the value must end here.</summary>
    public void ReadEnd()
    {
        if (Remaining > 0)
        {
            Fail(AvroReadError.TrailingBytes);
        }
    }

    /// <summary>Reports that what was read is invalid for the caller. The first error stays.</summary>
    public void Fail(AvroReadError error)
    {
        if (!Failed)
        {
            _error = error;
        }
    }

    /// <summary>Goes to a place that was read before, for fields that are wanted in another order. What was spent stays spent.</summary>
    internal void Seek(int position)
    {
        if (!Failed)
        {
            _position = position;
        }
    }

    /// <summary>The bytes from a place that was read before to the present one.</summary>
    internal readonly ReadOnlySpan<byte> Since(int position) => Failed ? default : _source[position.._position];

    private int ReadIndex(int count, AvroReadError error)
    {
        var start = _position;
        var index = ReadInt();
        if ((uint)index < (uint)count || Failed)
        {
            return index;
        }

        FailAt(start, error);
        return 0;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _source.Slice(_position, length);
        _position += length;
        return taken;
    }

    private ReadOnlySpan<byte> FailAt(int position, AvroReadError error)
    {
        if (!Failed)
        {
            _error = error;
            _position = position;
        }

        return default;
    }

    // A varint ends early when the data does, or is too long: it is the former when every byte that is there says "more".
    private void FailVarint(int bytesMax)
    {
        var rest = Rest;
        var cut = rest.Length < bytesMax && rest.IndexOfAnyInRange((byte)0, (byte)0x7F) < 0;
        Fail(cut ? AvroReadError.EndOfData : AvroReadError.BadVarint);
    }
}
