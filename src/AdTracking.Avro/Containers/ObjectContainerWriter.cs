using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace AdTracking.Avro;

/// <summary>Writes object container files. Objects come encoded; a block is written when it is full, and the last one on disposal.</summary>
public sealed class ObjectContainerWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly ContainerCodec _codec;
    private readonly int _blockBytes;
    private readonly byte[] _sync;
    private readonly bool _leaveOpen;
    private readonly ArrayBufferWriter<byte> _block = new();
    private int _count;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="schema">The schema of every object.</param>
    /// <param name="codec">Null or Deflate.</param>
    /// <param name="options">Everything else; the defaults when null.</param>
    public ObjectContainerWriter(
        Stream stream, AvroSchema schema, ContainerCodec codec = ContainerCodec.Null, ObjectContainerOptions? options = null)
    {
        if (codec is not (ContainerCodec.Null or ContainerCodec.Deflate))
            throw new ArgumentOutOfRangeException(nameof(codec), codec, "Only null and deflate can be written.");
        options ??= ObjectContainerOptions.Default;
        _stream = stream;
        _codec = codec;
        _blockBytes = options.BlockBytes;
        _leaveOpen = options.LeaveOpen;
        _sync = options.Sync ?? RandomNumberGenerator.GetBytes(ContainerFormat.SyncBytes);
        if (_sync.Length != ContainerFormat.SyncBytes)
            throw new ArgumentException($"A sync marker has {ContainerFormat.SyncBytes} bytes.", nameof(options));
        WriteHeader(schema, options.Metadata);
    }

    /// <summary>Adds one object, encoded with the schema; nothing checks that it is.</summary>
    public void Append(ReadOnlySpan<byte> encoded)
    {
        _block.Write(encoded);
        _count++;
        if (_block.WrittenCount >= _blockBytes)
            Flush();
    }

    /// <summary>Writes the objects that wait, as a block.</summary>
    public void Flush()
    {
        if (_count == 0)
            return;
        ReadOnlySpan<byte> stored = _codec == ContainerCodec.Deflate ? Deflate(_block.WrittenSpan) : _block.WrittenSpan;
        WriteLong(_count);
        WriteLong(stored.Length);
        _stream.Write(stored);
        _stream.Write(_sync);
        _block.ResetWrittenCount();
        _count = 0;
    }

    /// <summary>Writes what waits and closes the stream.</summary>
    public void Dispose()
    {
        Flush();
        if (_leaveOpen)
            _stream.Flush();
        else
            _stream.Dispose();
    }

    private static byte[] Deflate(ReadOnlySpan<byte> plain)
    {
        using MemoryStream stored = new();
        using (DeflateStream deflate = new(stored, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(plain);
        return stored.ToArray();
    }

    private void WriteHeader(AvroSchema schema, IReadOnlyDictionary<string, byte[]> metadata)
    {
        _stream.Write(ContainerFormat.Magic);
        WriteLong(metadata.Count + 2);
        WriteEntry(ContainerFormat.SchemaKey, Encoding.UTF8.GetBytes(schema.ToString()));
        WriteEntry(ContainerFormat.CodecKey, Encoding.UTF8.GetBytes(ContainerFormat.NameOf(_codec)));
        foreach ((string key, byte[] value) in metadata)
            WriteEntry(key, value);
        WriteLong(0);
        _stream.Write(_sync);
    }

    private void WriteEntry(string key, byte[] value)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(key);
        WriteLong(utf8.Length);
        _stream.Write(utf8);
        WriteLong(value.Length);
        _stream.Write(value);
    }

    private void WriteLong(long value)
    {
        Span<byte> bytes = stackalloc byte[AvroBinary.LongBytesMax];
        _ = AvroBinary.TryWriteLong(bytes, value, out int written);
        _stream.Write(bytes[..written]);
    }
}
