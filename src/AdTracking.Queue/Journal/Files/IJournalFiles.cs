namespace AdTracking.Queue.Journal.Files;

/// <summary>The files of one directory: every call of the journal that can fail, so that tests can make each of them fail. A call is made
/// once and says what the system said: 0 or more, or the error's number negated (<see cref="Errno"/>). Interrupted calls and short writes
/// reach the caller; <see cref="JournalFiles"/> has the loops.</summary>
internal interface IJournalFiles : IDisposable
{
    /// <summary>Makes a file that must not exist, for reading and writing. Returns its handle.</summary>
    int Create(string name);

    /// <summary>Opens a file. Returns its handle.</summary>
    int Open(string name, bool writable);

    /// <summary>Closes a handle, which is gone whatever the answer is.</summary>
    int Close(int handle);

    /// <summary>Writes at an offset. Returns the bytes written, which may be fewer.</summary>
    nint Write(int handle, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Reads at an offset. Returns the bytes read, which may be fewer; 0 at the file's end.</summary>
    nint Read(int handle, Span<byte> bytes, long offset);

    /// <summary>Reserves a file's first bytes and makes it that long. -EOPNOTSUPP where the file system cannot.</summary>
    int Allocate(int handle, long bytes);

    /// <summary>Makes what was written, and the length, survive a power cut.</summary>
    int Sync(int handle);

    /// <summary>Makes the directory's entries survive a power cut.</summary>
    int SyncDirectory();

    /// <summary>Removes a file.</summary>
    int Delete(string name);

    /// <summary>A file's length.</summary>
    long Length(int handle);

    /// <summary>Adds the names of all files.</summary>
    int List(List<string> names);
}
