using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A batch that a sample journal was given.</summary>
internal sealed record SampleBatch(BatchHeader Header, long Offset, IReadOnlyList<SampleGroup> Groups)
{
    public long End => Offset + Header.Bytes;
}
