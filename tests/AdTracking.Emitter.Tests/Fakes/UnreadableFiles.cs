namespace AdTracking.Emitter.Tests;

/// <summary>Passes calls on to other files, save that one of them cannot be opened to be read only.</summary>
internal sealed class UnreadableFiles(IJournalFiles inner, string unreadable) : IJournalFiles
{
    public int Create(string name) => inner.Create(name);

    public int Open(string name, bool writable) => name == unreadable && !writable ? -Errno.InputOutput : inner.Open(name, writable);

    public int Close(int handle) => inner.Close(handle);

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset) => inner.Write(handle, bytes, offset);

    public nint Read(int handle, Span<byte> bytes, long offset) => inner.Read(handle, bytes, offset);

    public int Allocate(int handle, long bytes) => inner.Allocate(handle, bytes);

    public int Sync(int handle) => inner.Sync(handle);

    public int SyncDirectory() => inner.SyncDirectory();

    public int Delete(string name) => inner.Delete(name);

    public long Length(int handle) => inner.Length(handle);

    public int List(List<string> names) => inner.List(names);

    public void Dispose()
    {
    }
}
