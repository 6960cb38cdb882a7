namespace AdTracking.Emitter.Tests;

/// <summary>Passes calls on to other files, save that one of them cannot be opened to be read only, or one cannot be written.</summary>
internal sealed class RefusingFiles(IJournalFiles inner) : IJournalFiles
{
    private readonly Dictionary<int, string> _names = [];

    /// <summary>The name of the file that cannot be opened to be read only; empty for none.</summary>
    public string Unreadable { get; init; } = "";

    /// <summary>The name of the file that cannot be written; empty for none.</summary>
    public string Unwritable { get; set; } = "";

    public int Create(string name) => Remember(inner.Create(name), name);

    public int Open(string name, bool writable) =>
        name == Unreadable && !writable ? -Errno.InputOutput : Remember(inner.Open(name, writable), name);

    public int Close(int handle) => inner.Close(handle);

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset) =>
        _names[handle] == Unwritable ? -Errno.InputOutput : inner.Write(handle, bytes, offset);

    public nint Read(int handle, Span<byte> bytes, long offset) => inner.Read(handle, bytes, offset);

    public int Allocate(int handle, long bytes) => inner.Allocate(handle, bytes);

    public int Sync(int handle) => inner.Sync(handle);

    public int SyncDirectory() => inner.SyncDirectory();

    public int Delete(string name) => inner.Delete(name);

    public long Length(int handle) => inner.Length(handle);

    public int List(List<string> names) => inner.List(names);

    public void Dispose()
    {
        // Tests use what is inside afterwards.
    }

    private int Remember(int handle, string name)
    {
        if (handle >= 0)
            _names[handle] = name;
        return handle;
    }
}
