namespace AdTracking.Queue.Journal.Files;

/// <summary>The loops around the single calls of <see cref="IJournalFiles"/>.</summary>
internal static class JournalFiles
{
    private const int ZeroBytes = 64 * 1024;
    private static readonly byte[] Zeros = new byte[ZeroBytes];

    /// <summary>Writes all bytes, over short writes and interruptions. 0, or the first error negated.</summary>
    public static int WriteAll(this IJournalFiles files, int handle, ReadOnlySpan<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var written = files.Write(handle, bytes, offset);
            if (written == -Errno.Interrupted)
            {
                continue;
            }

            if (written <= 0)
            {
                return written == 0 ? -Errno.InputOutput : (int)written;
            }

            bytes = bytes[(int)written..];
            offset += written;
        }

        return 0;
    }

    /// <summary>Writes zeros from the file's start. 0, or the first error negated.</summary>
    public static int WriteZeros(this IJournalFiles files, int handle, long bytes)
    {
        for (long at = 0; at < bytes; at += ZeroBytes)
        {
            var error = files.WriteAll(handle, Zeros.AsSpan(0, (int)Math.Min(ZeroBytes, bytes - at)), at);
            if (error < 0)
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>Makes the file this long with its space taken, by whatever way the file system has. 0, or the error negated.</summary>
    public static int Reserve(this IJournalFiles files, int handle, long bytes)
    {
        int error;
        do
        {
            error = files.Allocate(handle, bytes);
        }
        while (error == -Errno.Interrupted);
        return error is -Errno.NotSupported or -Errno.NoSystemCall ? files.WriteZeros(handle, bytes) : error;
    }

    /// <summary>Syncs a file. An interrupted call is made again: it has reported no error, so none was lost. Any other error is final,
    /// because the system reports a failed write-back once and the next sync would say that all is well.</summary>
    public static int SyncUninterrupted(this IJournalFiles files, int handle)
    {
        int error;
        do
        {
            error = files.Sync(handle);
        }
        while (error == -Errno.Interrupted);
        return error;
    }

    /// <summary>Syncs the directory; the same about interruptions.</summary>
    public static int SyncDirectoryUninterrupted(this IJournalFiles files)
    {
        int error;
        do
        {
            error = files.SyncDirectory();
        }
        while (error == -Errno.Interrupted);
        return error;
    }

    /// <summary>Creates a file, over interruptions.</summary>
    public static int CreateUninterrupted(this IJournalFiles files, string name)
    {
        int handle;
        do
        {
            handle = files.Create(name);
        }
        while (handle == -Errno.Interrupted);
        return handle;
    }

    /// <summary>Opens a file, over interruptions.</summary>
    public static int OpenUninterrupted(this IJournalFiles files, string name, bool writable)
    {
        int handle;
        do
        {
            handle = files.Open(name, writable);
        }
        while (handle == -Errno.Interrupted);
        return handle;
    }

    /// <summary>Deletes a file, over interruptions. A file that is not there is deleted.</summary>
    public static int DeleteUninterrupted(this IJournalFiles files, string name)
    {
        int error;
        do
        {
            error = files.Delete(name);
        }
        while (error == -Errno.Interrupted);
        return error == -Errno.NoEntry ? 0 : error;
    }
}
