namespace AdTracking.Kafka.Records;

/// <summary>How the records of a batch are packed. The numbers are those of a batch's attributes.</summary>
public enum RecordCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>LZ4 frames.</summary>
    Lz4 = 3,

    /// <summary>Zstandard frames.</summary>
    Zstd = 4,
}
