namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>How a call fails.</summary>
/// <param name="Errno">The error, or 0 for a short read or write.</param>
/// <param name="IsTorn">A write that fails has half of its bytes in the file by then.</param>
/// <param name="IsLasting">All later calls of the kind fail as well.</param>
internal readonly record struct FileFault(int Errno, bool IsTorn = false, bool IsLasting = false)
{
    public static FileFault Short => new(0);

    public static FileFault Interrupted => new(Queue.Journal.Files.Errno.Interrupted);
}
