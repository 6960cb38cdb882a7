namespace AdTracking.Kafka.Records;

/// <summary>What a broker knows an idempotent batch by.</summary>
/// <param name="ProducerId">The producer's id, or -1 for a batch that is not idempotent.</param>
/// <param name="ProducerEpoch">The producer's epoch, or -1.</param>
/// <param name="BaseSequence">The sequence number of the first record within its partition, or -1.</param>
internal readonly record struct BatchIdentity(long ProducerId, short ProducerEpoch, int BaseSequence)
{
    /// <summary>Of a batch that is not idempotent.</summary>
    public static BatchIdentity None { get; } = new(-1, -1, -1);

    /// <summary>The sequence number <paramref name="records"/> later. After 2^31 - 1 comes 0.</summary>
    public static int Later(int sequence, int records) => (int)(((long)sequence + records) & int.MaxValue);
}
