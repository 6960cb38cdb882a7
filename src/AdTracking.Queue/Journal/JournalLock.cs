namespace AdTracking.Queue.Journal;

/// <summary>Keeps a journal's directory for one process: an advisory lock, held for life.</summary>
internal sealed class JournalLock : IDisposable
{
    /// <summary>The lock file's name.</summary>
    public const string FileName = "lock";

    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <summary>Makes the directory where it is missing, and takes its lock.</summary>
    /// <exception cref="JournalException">It cannot be used; the message says why.</exception>
    public static JournalLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);

            // FileShare.None is an advisory lock (flock) on Unix. The file stays: removing it would let two processes lock two files.
            return new JournalLock(new FileStream(
                Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                $"The journal's directory {Path.GetFullPath(directory)} cannot be used: {refused.Message} If another process uses it, give this one a "
                + "directory of its own.",
                refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
