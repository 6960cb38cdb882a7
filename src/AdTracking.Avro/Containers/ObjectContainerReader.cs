using System.IO.Compression;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Records;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Containers;

/// <summary>Reads object container files block by block. Throws <see cref="InvalidDataException"/>, with the place, on anything that is not
/// such a file; memory grows with the data that is really there, within <see cref="AvroReadLimits"/>.</summary>
public sealed class ObjectContainerReader : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly AvroReadLimits _limits;
    private readonly ContainerInput _input;
    private readonly ContainerHeader _header;
    private byte[] _block = [];

    /// <summary>Reads the header.</summary>
    public ObjectContainerReader(Stream stream, AvroReadLimits? limits = null, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _limits = limits ?? AvroReadLimits.Default;
        _input = new ContainerInput(stream);
        _header = ContainerHeader.Read(_input, _limits);
    }

    /// <summary>The schema of every object.</summary>
    public AvroSchema Schema => _header.Schema;

    /// <summary>How the blocks are compressed.</summary>
    public ContainerCodec Codec => _header.Codec;

    /// <summary>All metadata, schema and codec included.</summary>
    public IReadOnlyDictionary<string, byte[]> Metadata => _header.Metadata;

    /// <summary>Objects in the current block.</summary>
    public int BlockCount { get; private set; }

    /// <summary>The current block's objects, one after the other, decompressed.</summary>
    public ReadOnlySpan<byte> Block => _block;

    /// <summary>Goes to the next block; false at the end of the file.</summary>
    public bool ReadBlock()
    {
        BlockCount = 0;
        _block = [];
        if (_input.AtEnd)
        {
            return false;
        }

        var count = _input.ReadLong();
        var stored = _input.ReadBytes(_limits.BlockBytesMax, "a block");
        Span<byte> sync = stackalloc byte[ContainerFormat.SyncBytes];
        _input.ReadExactly(sync);
        if (!sync.SequenceEqual(_header.Sync))
        {
            throw _input.Damaged("no sync marker at the end of a block");
        }

        _block = Decompress(stored);
        BlockCount = CheckedCount(count);
        return true;
    }

    /// <summary>All remaining objects, each as a line of JSON.</summary>
    public IEnumerable<string> ReadJson(GenericJsonStyle style = GenericJsonStyle.Readable)
    {
        while (ReadBlock())
        {
            var position = 0;
            for (var i = 0; i < BlockCount; i++)
            {
                yield return NextJson(ref position, style);
            }

            if (position != _block.Length)
            {
                throw _input.Damaged("a block with bytes behind its last object");
            }
        }
    }

    /// <summary>All remaining objects, as generated records. The file may be of another version of their schema: throws <see
    /// cref="InvalidDataException"/>, at the first object that does not fit it.</summary>
    public IEnumerable<T> Read<T>()
        where T : IAvroRecord<T>
    {
        var plan = SchemaResolution.Plan(AvroRecord.SchemaOf<T>(), Schema);
        using ResolvedBytes bytes = new();
        while (ReadBlock())
        {
            var position = 0;
            for (var i = 0; i < BlockCount; i++)
            {
                yield return Next<T>(plan, bytes, ref position);
            }

            if (position != _block.Length)
            {
                throw _input.Damaged("a block with bytes behind its last object");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private string NextJson(ref int position, GenericJsonStyle style)
    {
        AvroReader reader = new(_block.AsSpan(position), _limits);
        var error = GenericJson.TryFormat(Schema, ref reader, out var json, style);
        if (error != AvroReadError.None)
        {
            throw _input.Damaged($"an object that cannot be read: {error} at byte {position + reader.Position} of its block");
        }

        position += reader.Position;
        return json;
    }

    private T Next<T>(SchemaResolution plan, ResolvedBytes bytes, ref int position)
        where T : IAvroRecord<T>
    {
        AvroReader reader = new(_block.AsSpan(position), _limits);
        T? record = default;
        AvroReadError error;
        if (plan.IsIdentity)
        {
            record = T.Decode(ref reader);
            error = reader.Error;
        }
        else
        {
            error = plan.Resolve(ref reader, bytes);
            _ = error == AvroReadError.None && AvroRecord.TryDecode(bytes.WrittenSpan, out record, out error);
        }

        if (record is null || error != AvroReadError.None)
        {
            throw _input.Damaged($"an object that cannot be read: {error} at byte {position + reader.Position} of its block");
        }

        position += reader.Position;
        return record;
    }

    private int CheckedCount(long count)
    {
        // Objects of no bytes are bounded by the items' limit, others by the bytes that are there.
        long max = Schema.EncodedBytesMin > 0 ? _block.Length / Schema.EncodedBytesMin : _limits.ItemsTotalMax;
        return count >= 0 && count <= max ? (int)count : throw _input.Damaged($"a block of {_block.Length} bytes with {count} objects");
    }

    private byte[] Decompress(byte[] stored)
    {
        switch (Codec)
        {
            case ContainerCodec.Deflate:
                return Inflate(stored);
            case ContainerCodec.Snappy:
                return SnappyBlock.TryDecompress(stored, _limits.BlockBytesMax, out var plain)
                    ? plain
                    : throw _input.Damaged("a block that is not Snappy, or too large");
            default:
                return stored;
        }
    }

    private byte[] Inflate(byte[] stored)
    {
        using DeflateStream inflate = new(new MemoryStream(stored), CompressionMode.Decompress);
        using MemoryStream plain = new();
        var buffer = new byte[16 * 1024];
        for (int read; (read = inflate.Read(buffer)) > 0;)
        {
            if (plain.Length + read > _limits.BlockBytesMax)
            {
                throw _input.Damaged($"a block of more than {_limits.BlockBytesMax} bytes once decompressed");
            }

            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }
}
