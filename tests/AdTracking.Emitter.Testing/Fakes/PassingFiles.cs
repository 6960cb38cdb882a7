using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Passes all calls on to other files, which tests use afterwards; what a fake does differently it overrides.</summary>
internal abstract class PassingFiles(IJournalFiles inner) : IJournalFiles
{
    public virtual int Create(string name) => inner.Create(name);

    public virtual int Open(string name, bool writable) => inner.Open(name, writable);

    public int Close(int handle) => inner.Close(handle);

    public virtual nint Write(int handle, ReadOnlySpan<byte> bytes, long offset) => inner.Write(handle, bytes, offset);

    public virtual nint Read(int handle, Span<byte> bytes, long offset) => inner.Read(handle, bytes, offset);

    public int Allocate(int handle, long bytes) => inner.Allocate(handle, bytes);

    public int Sync(int handle) => inner.Sync(handle);

    public int SyncDirectory() => inner.SyncDirectory();

    public int Delete(string name) => inner.Delete(name);

    public long Length(int handle) => inner.Length(handle);

    public int List(List<string> names) => inner.List(names);

    public void Dispose()
    {
        // Not those inside.
    }
}
