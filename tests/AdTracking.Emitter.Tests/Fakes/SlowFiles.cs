namespace AdTracking.Emitter.Tests;

/// <summary>Passes calls on to other files; after some reads the disk answers no other one until it is let go on.</summary>
internal sealed class SlowFiles(IJournalFiles inner, int reads) : IJournalFiles
{
    private readonly ManualResetEventSlim _goOn = new();
    private int _left = reads;

    /// <summary>From now on it answers.</summary>
    public void GoOn() => _goOn.Set();

    public int Create(string name) => inner.Create(name);

    public int Open(string name, bool writable) => inner.Open(name, writable);

    public int Close(int handle) => inner.Close(handle);

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset) => inner.Write(handle, bytes, offset);

    public nint Read(int handle, Span<byte> bytes, long offset)
    {
        if (Interlocked.Decrement(ref _left) < 0)
            _goOn.Wait();
        return inner.Read(handle, bytes, offset);
    }

    public int Allocate(int handle, long bytes) => inner.Allocate(handle, bytes);

    public int Sync(int handle) => inner.Sync(handle);

    public int SyncDirectory() => inner.SyncDirectory();

    public int Delete(string name) => inner.Delete(name);

    public long Length(int handle) => inner.Length(handle);

    public int List(List<string> names) => inner.List(names);

    public void Dispose()
    {
        inner.Dispose();
        _goOn.Dispose();
    }
}
