namespace AdTracking.Avro.Containers;

/// <summary>How the blocks of a container file are compressed. Others (zstandard, bzip2, xz) have no decoder in .NET 10.</summary>
public enum ContainerCodec
{
    /// <summary>Not at all.</summary>
    Null,

    /// <summary>RFC 1951, without zlib's frame.</summary>
    Deflate,

    /// <summary>Snappy, followed by a CRC-32; read only.</summary>
    Snappy,
}
