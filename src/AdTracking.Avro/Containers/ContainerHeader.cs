using System.Text;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Containers;

/// <summary>The header of a container file: schema, codec, other metadata, sync marker.</summary>
internal sealed record ContainerHeader(
    AvroSchema Schema, ContainerCodec Codec, IReadOnlyDictionary<string, byte[]> Metadata, byte[] Sync)
{
    public static ContainerHeader Read(ContainerInput input, AvroReadLimits limits)
    {
        Span<byte> magic = stackalloc byte[ContainerFormat.Magic.Length];
        input.ReadExactly(magic);
        if (!magic.SequenceEqual(ContainerFormat.Magic))
        {
            throw input.Damaged("no \"Obj\" and 1 at its beginning");
        }

        var metadata = ReadMetadata(input, limits);
        var sync = input.ReadFixed(ContainerFormat.SyncBytes);
        return new ContainerHeader(SchemaOf(metadata, input, limits), CodecOf(metadata, input), metadata, sync);
    }

    private static Dictionary<string, byte[]> ReadMetadata(ContainerInput input, AvroReadLimits limits)
    {
        Dictionary<string, byte[]> metadata = [];
        var room = limits.HeaderBytesMax;
        for (var left = ReadCount(input, room); left > 0; left = ReadCount(input, room))
        {
            for (; left > 0; left--)
            {
                var key = input.ReadBytes(room, "a metadata key");
                room -= key.Length;
                var value = input.ReadBytes(room, "metadata");
                room -= value.Length + 1; // an entry costs something, or empty ones could go on for ever
                if (room < 0)
                {
                    throw input.Damaged($"more than {limits.HeaderBytesMax} bytes of metadata");
                }

                metadata[Encoding.UTF8.GetString(key)] = value;
            }
        }

        return metadata;
    }

    private static long ReadCount(ContainerInput input, int room)
    {
        var count = input.ReadLong();
        if (count < 0)
        {
            _ = input.ReadLong(); // the block's size, for those who skip
            count = -count;
        }

        return count >= 0 && count <= room ? count : throw input.Damaged("more metadata than allowed");
    }

    private static AvroSchema SchemaOf(Dictionary<string, byte[]> metadata, ContainerInput input, AvroReadLimits limits)
    {
        if (!metadata.TryGetValue(ContainerFormat.SchemaKey, out var text))
        {
            throw input.Damaged("no avro.schema");
        }

        var result = SchemaParser.Parse(text, SchemaParserOptions.Default with { BytesMax = limits.HeaderBytesMax });
        return result.Schema ?? throw input.Damaged("a schema that is not valid: " + result.Problems.First(problem => !problem.IsWarning));
    }

    private static ContainerCodec CodecOf(Dictionary<string, byte[]> metadata, ContainerInput input)
    {
        var name = metadata.TryGetValue(ContainerFormat.CodecKey, out var value) ? Encoding.UTF8.GetString(value) : "null";
        return name switch
        {
            "null" => ContainerCodec.Null,
            "deflate" => ContainerCodec.Deflate,
            "snappy" => ContainerCodec.Snappy,
            _ => throw input.Damaged($"the codec \"{Shortened.Of(name)}\", which cannot be read here (null, deflate and snappy can)"),
        };
    }
}
