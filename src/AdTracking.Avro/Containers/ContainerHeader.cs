using System.Text;

namespace AdTracking.Avro;

/// <summary>The header of a container file: schema, codec, other metadata, sync marker.</summary>
internal sealed record ContainerHeader(
    AvroSchema Schema, ContainerCodec Codec, IReadOnlyDictionary<string, byte[]> Metadata, byte[] Sync)
{
    public static ContainerHeader Read(ContainerInput input, AvroReadLimits limits)
    {
        Span<byte> magic = stackalloc byte[ContainerFormat.Magic.Length];
        input.ReadExactly(magic);
        if (!magic.SequenceEqual(ContainerFormat.Magic))
            throw input.Damaged("no \"Obj\" and 1 at its beginning");
        Dictionary<string, byte[]> metadata = ReadMetadata(input, limits);
        byte[] sync = input.ReadFixed(ContainerFormat.SyncBytes);
        return new ContainerHeader(SchemaOf(metadata, input, limits), CodecOf(metadata, input), metadata, sync);
    }

    private static Dictionary<string, byte[]> ReadMetadata(ContainerInput input, AvroReadLimits limits)
    {
        Dictionary<string, byte[]> metadata = [];
        int room = limits.HeaderBytesMax;
        for (long left = ReadCount(input, room); left > 0; left = ReadCount(input, room))
        {
            for (; left > 0; left--)
            {
                byte[] key = input.ReadBytes(room, "a metadata key");
                room -= key.Length;
                byte[] value = input.ReadBytes(room, "metadata");
                room -= value.Length + 1; // an entry costs something, or empty ones could go on for ever
                if (room < 0)
                    throw input.Damaged($"more than {limits.HeaderBytesMax} bytes of metadata");
                metadata[Encoding.UTF8.GetString(key)] = value;
            }
        }

        return metadata;
    }

    private static long ReadCount(ContainerInput input, int room)
    {
        long count = input.ReadLong();
        if (count < 0)
        {
            _ = input.ReadLong(); // the block's size, for those who skip
            count = -count;
        }

        return count >= 0 && count <= room ? count : throw input.Damaged("more metadata than allowed");
    }

    private static AvroSchema SchemaOf(Dictionary<string, byte[]> metadata, ContainerInput input, AvroReadLimits limits)
    {
        if (!metadata.TryGetValue(ContainerFormat.SchemaKey, out byte[]? text))
            throw input.Damaged("no avro.schema");
        SchemaParseResult result = SchemaParser.Parse(text, SchemaParserOptions.Default with { BytesMax = limits.HeaderBytesMax });
        return result.Schema ?? throw input.Damaged("a schema that is not valid: " + result.Problems.First(problem => !problem.IsWarning));
    }

    private static ContainerCodec CodecOf(Dictionary<string, byte[]> metadata, ContainerInput input)
    {
        string name = metadata.TryGetValue(ContainerFormat.CodecKey, out byte[]? value) ? Encoding.UTF8.GetString(value) : "null";
        return name switch
        {
            "null" => ContainerCodec.Null,
            "deflate" => ContainerCodec.Deflate,
            "snappy" => ContainerCodec.Snappy,
            _ => throw input.Damaged($"the codec \"{Shortened.Of(name)}\", which cannot be read here (null, deflate and snappy can)"),
        };
    }
}
