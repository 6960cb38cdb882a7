using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Containers;

/// <summary>Avro's primitives from a stream, for the parts of a container file outside its blocks.</summary>
internal sealed class ContainerInput(Stream stream)
{
    private const int BufferBytes = 16 * 1024;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <summary>True when nothing is left.</summary>
    public bool AtEnd => _start == _end && !Fill();

    public long ReadLong()
    {
        Span<byte> bytes = stackalloc byte[AvroBinary.LongBytesMax];
        var length = 0;
        do
        {
            ReadExactly(bytes.Slice(length, 1));
        }
        while (bytes[length++] >= 0x80 && length < bytes.Length);
        if (!AvroBinary.TryReadLong(bytes[..length], out var value, out _))
        {
            throw Damaged("a number of more than 64 bits");
        }

        return value;
    }

    /// <summary>Bytes with their length in front, at most <paramref name="bytesMax"/>.</summary>
    public byte[] ReadBytes(int bytesMax, string what)
    {
        var length = ReadLong();
        if (length < 0 || length > bytesMax)
        {
            throw Damaged($"{what} of {length} bytes; {bytesMax} are allowed");
        }

        return ReadFixed((int)length);
    }

    /// <summary>That many bytes. Memory grows with the bytes that arrive, not with the length that is announced.</summary>
    public byte[] ReadFixed(int length)
    {
        var bytes = new byte[Math.Min(length, BufferBytes)];
        ReadExactly(bytes);
        while (bytes.Length < length)
        {
            var had = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * had));
            ReadExactly(bytes.AsSpan(had));
        }

        return bytes;
    }

    public void ReadExactly(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_start == _end && !Fill())
            {
                throw Damaged("its end in the middle of a value");
            }

            var length = Math.Min(destination.Length, _end - _start);
            _buffer.AsSpan(_start, length).CopyTo(destination);
            destination = destination[length..];
            _start += length;
            Position += length;
        }
    }

    public InvalidDataException Damaged(string what) => new($"The container file has, before byte {Position}, {what}.");

    private bool Fill()
    {
        _start = 0;
        _end = stream.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }
}
