using System.Buffers;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Where a <see cref="SchemaResolution"/> puts values in the reader's schema: pooled memory that is used again for the next value.
/// Not for several threads.</summary>
/// <param name="bytesMax">The most that one value may become. Defaults and wider numbers make values larger than the data was.</param>
public sealed class ResolvedBytes(int bytesMax = ResolvedBytes.BytesMaxByDefault) : IDisposable
{
    /// <summary>64 MiB, as much as a block of a container file.</summary>
    public const int BytesMaxByDefault = 64 * 1024 * 1024;

    private byte[] _room = ArrayPool<byte>.Shared.Rent(1024);
    private int _written;

    /// <summary>The value, in the reader's schema. Valid until the next one is written.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _room.AsSpan(0, _written);

    /// <summary>Forgets the value.</summary>
    public void Clear()
    {
        _written = 0;
        IsFull = false;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        var room = _room;
        _room = [];
        _written = 0;
        if (room.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>True when the value became larger than it may.</summary>
    internal bool IsFull { get; private set; }

    internal void WriteLong(long value)
    {
        if (TryTake(AvroBinary.LongBytesMax))
        {
            Advance(AvroBinary.TryWriteLong(_room.AsSpan(_written), value, out var written), written);
        }
    }

    internal void WriteFloat(float value)
    {
        if (TryTake(sizeof(float)))
        {
            Advance(AvroBinary.TryWriteFloat(_room.AsSpan(_written), value, out var written), written);
        }
    }

    internal void WriteDouble(double value)
    {
        if (TryTake(sizeof(double)))
        {
            Advance(AvroBinary.TryWriteDouble(_room.AsSpan(_written), value, out var written), written);
        }
    }

    internal void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLong(value.Length);
        WriteEncoded(value);
    }

    internal void WriteEncoded(ReadOnlySpan<byte> encoded)
    {
        if (TryTake(encoded.Length))
        {
            Advance(encoded.TryCopyTo(_room.AsSpan(_written)), encoded.Length);
        }
    }

    private void Advance(bool done, int written) => _written += done ? written : 0;

    private bool TryTake(int bytes)
    {
        if (IsFull || bytes > bytesMax - _written)
        {
            IsFull = true;
            return false;
        }

        if (_room.Length - _written >= bytes)
        {
            return true;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_written + bytes, (int)Math.Min(2L * _room.Length, Array.MaxLength)));
        _room.AsSpan(0, _written).CopyTo(larger);
        if (_room.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_room);
        }

        _room = larger;
        return true;
    }
}
