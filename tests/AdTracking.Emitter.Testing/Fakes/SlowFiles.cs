using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>The disk answers so many reads, and each further one only when the test lets it.</summary>
internal sealed class SlowFiles(IJournalFiles inner, int reads) : PassingFiles(inner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _answers = new(reads);
    private int _reads;

    /// <summary>Reads asked for by now, answered or not.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>From now on it answers so many more.</summary>
    public void Answer(int more) => _answers.Release(more);

    public override nint Read(int handle, Span<byte> bytes, long offset)
    {
        Interlocked.Increment(ref _reads);
        if (!_answers.Wait(Limit))
        {
            _answers.Release(1_000_000); // its test has failed, and must end
        }

        return base.Read(handle, bytes, offset);
    }
}
