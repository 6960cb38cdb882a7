namespace AdTracking.Queue.Journal.Format;

/// <summary>The mark of a batch or a note on disk: a lower bound, in Kafka's log, of what is sent of the batch. The journal does not know
/// what the bytes mean. Not changed once it is made: batches share it.</summary>
/// <param name="bytes">The bytes, a multiple of eight.</param>
/// <param name="topics">How many topics they speak of; it stands apart from them.</param>
internal sealed class BatchMark(ReadOnlyMemory<byte> bytes, int topics) : IEquatable<BatchMark>
{
    /// <summary>A mark that bounds nothing.</summary>
    public static BatchMark Empty { get; } = new(default, 0);

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>How many topics they speak of.</summary>
    public int Topics { get; } = topics;

    /// <inheritdoc/>
    public bool Equals(BatchMark? other) =>
        other is not null && (ReferenceEquals(this, other) || (Topics == other.Topics && Bytes.Span.SequenceEqual(other.Bytes.Span)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BatchMark);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topics, Bytes.Length);
}
