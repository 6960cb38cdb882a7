namespace AdTracking.Avro.Wire;

/// <summary>What a reader may be made to do by the data it reads. Immutable: make one and share it. The data can never ask for memory:
/// sizes are always compared with the bytes that are really there (CWE-789, CWE-770); these limits bound time and output on top of
/// that.</summary>
public sealed record AvroReadLimits
{
    /// <summary>The defaults.</summary>
    public static AvroReadLimits Default { get; } = new();

    /// <summary>Nested records, arrays and maps in one value. 64: events are flat, files of others seldom go beyond 10.</summary>
    public int DepthMax { get; init; } = 64;

    /// <summary>Array items, map entries and record fields in one value, together. They may take no bytes at all (an array of nulls), so
    /// the length of the data does not bound them. 1,000,000.</summary>
    public int ItemsTotalMax { get; init; } = 1_000_000;

    /// <summary>Bytes of one string or bytes value. 16 MiB.</summary>
    public int ValueBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Container files: bytes of the header (schema and other metadata). 1 MiB.</summary>
    public int HeaderBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Container files: bytes of one block, both as stored and decompressed (CWE-409). 64 MiB.</summary>
    public int BlockBytesMax { get; init; } = 64 * 1024 * 1024;
}
