using System.Runtime.CompilerServices;

namespace AdTracking.Avro.Wire;

/// <summary>Writes Avro values one after another into a span. It never throws and never allocates: when the room ends, <see
/// cref="Overflowed"/> is set, stays set, and everything further is ignored, so that a whole record is written first and asked
/// once.</summary>
public ref struct AvroWriter
{
    private readonly Span<byte> _destination;
    private int _written;
    private bool _overflowed;
    private bool _unsayable;

    /// <summary>Starts writing at the beginning of <paramref name="destination"/>.</summary>
    public AvroWriter(Span<byte> destination) => _destination = destination;

    /// <summary>True when something did not fit, or its type cannot represent it; what was written is then unusable.</summary>
    public readonly bool Overflowed => _overflowed;

    /// <summary>True when a value's type cannot represent it: more room does not help.</summary>
    public readonly bool HasUnrepresentableValue => _unsayable;

    /// <summary>Bytes written so far.</summary>
    public readonly int Written => _written;

    /// <summary>The bytes written so far.</summary>
    public readonly ReadOnlySpan<byte> WrittenSpan => _destination[.._written];

    private readonly Span<byte> Room => _overflowed ? default : _destination[_written..];

    /// <summary>Writes null, which takes no bytes.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "stands beside the other writes")]
    public readonly void WriteNull()
    {
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value) => Advance(AvroBinary.TryWriteBoolean(Room, value, out var written), written);

    /// <summary>Writes an int.</summary>
    public void WriteInt(int value) => Advance(AvroBinary.TryWriteLong(Room, value, out var written), written);

    /// <summary>Writes a long.</summary>
    public void WriteLong(long value) => Advance(AvroBinary.TryWriteLong(Room, value, out var written), written);

    /// <summary>Writes a float.</summary>
    public void WriteFloat(float value) => Advance(AvroBinary.TryWriteFloat(Room, value, out var written), written);

    /// <summary>Writes a double.</summary>
    public void WriteDouble(double value) => Advance(AvroBinary.TryWriteDouble(Room, value, out var written), written);

    /// <summary>Writes bytes: length and content.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> value) => Advance(AvroBinary.TryWriteBytes(Room, value, out var written), written);

    /// <summary>Writes a string; a lone surrogate becomes U+FFFD.</summary>
    public void WriteString(scoped ReadOnlySpan<char> value) => Advance(AvroBinary.TryWriteString(Room, value, out var written), written);

    /// <summary>Writes a string that is UTF-8 already. The caller has checked that it is.</summary>
    public void WriteStringUtf8(scoped ReadOnlySpan<byte> utf8) => Advance(AvroBinary.TryWriteBytes(Room, utf8, out var written), written);

    /// <summary>Writes a fixed: the bytes alone. Their number is the schema's.</summary>
    public void WriteFixed(scoped ReadOnlySpan<byte> value) => Advance(value.TryCopyTo(Room), value.Length);

    /// <summary>Copies bytes that are encoded already.</summary>
    public void WriteEncoded(scoped ReadOnlySpan<byte> encoded) => WriteFixed(encoded);

    /// <summary>Writes an enum: the index of its symbol.</summary>
    public void WriteEnum(int index) => WriteInt(index);

    /// <summary>Writes the index of a union's branch; the value follows.</summary>
    public void WriteUnionIndex(int index) => WriteInt(index);

    /// <summary>Starts an array of <paramref name="count"/> items as one block; the items follow, then <see cref="WriteBlockEnd"/>, for an
    /// empty array too.</summary>
    public void WriteArrayStart(int count)
    {
        if (count > 0)
        {
            WriteLong(count);
        }
    }

    /// <summary>Starts a map of <paramref name="count"/> entries (string key, value), as <see cref="WriteArrayStart"/> does.</summary>
    public void WriteMapStart(int count) => WriteArrayStart(count);

    /// <summary>Starts a block that also says how many bytes its items take, so that readers can skip it: a negative count.</summary>
    public void WriteSizedBlockStart(int count, int itemsBytes)
    {
        if (count <= 0)
        {
            return;
        }

        WriteLong(-(long)count);
        WriteLong(itemsBytes);
    }

    /// <summary>Ends an array or a map: a block of no items.</summary>
    public void WriteBlockEnd() => WriteLong(0);

    /// <summary>Makes the writer fail: for a value that its type cannot hold.</summary>
    public void Fail() => _overflowed = _unsayable = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance(bool done, int written)
    {
        if (done && !_overflowed)
        {
            _written += written;
        }
        else
        {
            _overflowed = true;
        }
    }
}
