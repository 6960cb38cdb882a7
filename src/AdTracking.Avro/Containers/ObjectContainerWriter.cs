using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Records;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Containers;

/// <summary>Writes object container files. Objects come encoded; a block is written when it is full, and the last one on disposal.</summary>
public sealed class ObjectContainerWriter : IDisposable
{
    private const int ObjectBytesMax = 64 * 1024 * 1024; // as much as a reader takes as a block

    private readonly Stream _stream;
    private readonly AvroSchema _schema;
    private readonly ulong _fingerprint;
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
        {
            throw new ArgumentOutOfRangeException(nameof(codec), codec, "Only null and deflate can be written.");
        }

        options ??= ObjectContainerOptions.Default;
        _stream = stream;
        _schema = schema;
        _fingerprint = SchemaFingerprint.Crc64(schema);
        _codec = codec;
        _blockBytes = options.BlockBytes;
        _leaveOpen = options.LeaveOpen;
        _sync = options.Sync ?? RandomNumberGenerator.GetBytes(ContainerFormat.SyncBytes);
        if (_sync.Length != ContainerFormat.SyncBytes)
        {
            throw new ArgumentException($"A sync marker has {ContainerFormat.SyncBytes} bytes.", nameof(options));
        }

        WriteHeader(schema, options.Metadata);
    }

    /// <summary>Starts a file of generated records.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="codec">Null or Deflate.</param>
    /// <param name="options">Everything else; the defaults when null.</param>
    public static ObjectContainerWriter Of<T>(Stream stream, ContainerCodec codec = ContainerCodec.Null, ObjectContainerOptions? options = null)
        where T : IAvroRecord<T> => new(stream, AvroRecord.SchemaOf<T>(), codec, options);

    /// <summary>Adds one object, encoded with the schema; nothing checks that it is.</summary>
    public void Append(ReadOnlySpan<byte> encoded)
    {
        _block.Write(encoded);
        Added();
    }

    /// <summary>Adds a generated record, whose schema is the file's. Throws <see cref="InvalidDataException"/> where it holds what its schema
    /// cannot say.</summary>
    public void Append<T>(T record)
        where T : IAvroRecord<T>
    {
        if (_fingerprint != OwnSchema<T>.Fingerprint)
        {
            throw new ArgumentException($"The file has another schema than {typeof(T).Name}.", nameof(record));
        }

        for (var room = 256; ; room *= 2)
        {
            AvroWriter writer = new(_block.GetSpan(room));
            record.Encode(ref writer);
            if (Took(in writer, room))
            {
                return;
            }
        }
    }

    /// <summary>Adds an object given as JSON. Throws <see cref="ArgumentException"/> where it does not fit the schema.</summary>
    public void Append(JsonElement value, GenericJsonStyle style = GenericJsonStyle.Readable)
    {
        // A union whose branches do not fit the room looks as if none fitted the value: only with room to spare that is the verdict.
        var ample = (int)Math.Min((16L * value.GetRawText().Length) + 65_536, ObjectBytesMax);
        for (var room = 4096; ; room *= 4)
        {
            AvroWriter writer = new(_block.GetSpan(room));
            if (GenericEncoder.TryEncode(value, _schema, ref writer, out var problem, style))
            {
                _ = Took(in writer, room);
                return;
            }

            if (room >= ample)
            {
                throw new ArgumentException(problem, nameof(value));
            }
        }
    }

    /// <summary>Writes the buffered objects as a block.</summary>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        var stored = _codec == ContainerCodec.Deflate ? Deflate(_block.WrittenSpan) : _block.WrittenSpan;
        WriteLong(_count);
        WriteLong(stored.Length);
        _stream.Write(stored);
        _stream.Write(_sync);
        _block.ResetWrittenCount();
        _count = 0;
    }

    /// <summary>Writes what is buffered and closes the stream.</summary>
    public void Dispose()
    {
        Flush();
        if (_leaveOpen)
        {
            _stream.Flush();
        }
        else
        {
            _stream.Dispose();
        }
    }

    // True when the object is in the block; false when it needs more room.
    private bool Took(ref readonly AvroWriter writer, int room)
    {
        if (writer.HasUnrepresentableValue || (writer.Overflowed && room >= ObjectBytesMax))
        {
            throw new InvalidDataException(writer.HasUnrepresentableValue ? "The object holds what its schema cannot say." : "The object is too large.");
        }

        if (writer.Overflowed)
        {
            return false;
        }

        _block.Advance(writer.Written);
        Added();
        return true;
    }

    private void Added()
    {
        _count++;
        if (_block.WrittenCount >= _blockBytes)
        {
            Flush();
        }
    }

    private static byte[] Deflate(ReadOnlySpan<byte> plain)
    {
        using MemoryStream stored = new();
        using (DeflateStream deflate = new(stored, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(plain);
        }

        return stored.ToArray();
    }

    private void WriteHeader(AvroSchema schema, IReadOnlyDictionary<string, byte[]> metadata)
    {
        _stream.Write(ContainerFormat.Magic);
        WriteLong(metadata.Count + 2);
        WriteEntry(ContainerFormat.SchemaKey, Encoding.UTF8.GetBytes(schema.ToString()));
        WriteEntry(ContainerFormat.CodecKey, Encoding.UTF8.GetBytes(ContainerFormat.NameOf(_codec)));
        foreach ((var key, var value) in metadata)
        {
            WriteEntry(key, value);
        }

        WriteLong(0);
        _stream.Write(_sync);
    }

    private void WriteEntry(string key, byte[] value)
    {
        var utf8 = Encoding.UTF8.GetBytes(key);
        WriteLong(utf8.Length);
        _stream.Write(utf8);
        WriteLong(value.Length);
        _stream.Write(value);
    }

    private void WriteLong(long value)
    {
        Span<byte> bytes = stackalloc byte[AvroBinary.LongBytesMax];
        _ = AvroBinary.TryWriteLong(bytes, value, out var written);
        _stream.Write(bytes[..written]);
    }
}
