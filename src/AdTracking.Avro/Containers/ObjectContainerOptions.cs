namespace AdTracking.Avro.Containers;

/// <summary>How a container file is written. Immutable.</summary>
public sealed record ObjectContainerOptions
{
    /// <summary>The defaults.</summary>
    public static ObjectContainerOptions Default { get; } = new();

    /// <summary>Bytes of objects after which a block is written. 64 KiB: a reader holds one block in memory.</summary>
    public int BlockBytes { get; init; } = 64 * 1024;

    /// <summary>Further metadata; keys that begin with <c>avro.</c> are Avro's own.</summary>
    public IReadOnlyDictionary<string, byte[]> Metadata { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>The 16 bytes between blocks; random when null, as they should be.</summary>
    public byte[]? Sync { get; init; }

    /// <summary>True leaves the stream open on disposal.</summary>
    public bool LeaveOpen { get; init; }
}
