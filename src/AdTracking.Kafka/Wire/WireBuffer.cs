using System.Buffers;

namespace AdTracking.Kafka.Wire;

/// <summary>A growing run of bytes in a rented array. It keeps its array when it is cleared, so that one that is used again allocates
/// nothing.</summary>
internal sealed class WireBuffer : IDisposable
{
    private byte[] _bytes;

    /// <summary>Makes an empty buffer with room for at least that many bytes.</summary>
    public WireBuffer(int capacity = 4_096) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What has been written, for asynchronous sends.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>A written part, to be changed in place.</summary>
    public Span<byte> Slice(int start, int length) => _bytes.AsSpan(0, Length).Slice(start, length);

    /// <summary>Room for at least <paramref name="bytes"/> more; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Counts bytes of the room as written.</summary>
    public void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)(_bytes.Length - Length), nameof(bytes));
        Length += bytes;
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends exactly that many bytes of a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public async ValueTask ReadExactlyAsync(Stream source, int bytes, CancellationToken cancellation)
    {
        _ = Room(bytes);
        await source.ReadExactlyAsync(_bytes.AsMemory(Length, bytes), cancellation);
        Length += bytes;
    }

    /// <summary>Forgets what was written after the first <paramref name="length"/> bytes.</summary>
    public void CutTo(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow(int bytes)
    {
        var wanted = Math.Max((long)Length + bytes, Math.Min(2L * _bytes.Length, Array.MaxLength));
        var grown = ArrayPool<byte>.Shared.Rent(checked((int)wanted));
        Written.CopyTo(grown);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = grown;
    }
}
