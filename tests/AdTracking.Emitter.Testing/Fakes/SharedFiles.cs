using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Passes calls on to other files one at a time, so that several threads may share them. The disk may be sick for a while, and the
/// process dead: then nothing that it still calls changes anything.</summary>
internal sealed class SharedFiles(IJournalFiles inner, int seed) : IJournalFiles
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>Of a hundred calls that change something, so many fail.</summary>
    public volatile int FailuresInHundred;

    /// <summary>The process was killed.</summary>
    public volatile bool IsDead;

    /// <summary>Calls that failed because the disk was sick.</summary>
    public int Failures { get; private set; }

    public int Create(string name) => Change(() => inner.Create(name));

    public int Open(string name, bool writable)
    {
        lock (_lock)
        {
            return inner.Open(name, writable);
        }
    }

    public int Close(int handle)
    {
        lock (_lock)
        {
            return inner.Close(handle);
        }
    }

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_lock)
        {
            var error = Error();
            if (error == 0)
            {
                return inner.Write(handle, bytes, offset);
            }

            if (!IsDead && _random.Next(2) == 0)
            {
                inner.Write(handle, bytes[..(bytes.Length / 2)], offset);
            }

            return error;
        }
    }

    public nint Read(int handle, Span<byte> bytes, long offset)
    {
        lock (_lock)
        {
            return inner.Read(handle, bytes, offset);
        }
    }

    public int Allocate(int handle, long bytes) => Change(() => inner.Allocate(handle, bytes));

    public int Sync(int handle) => Change(() => inner.Sync(handle));

    public int SyncDirectory() => Change(inner.SyncDirectory);

    public int Delete(string name) => Change(() => inner.Delete(name));

    public long Length(int handle)
    {
        lock (_lock)
        {
            return inner.Length(handle);
        }
    }

    public int List(List<string> names)
    {
        lock (_lock)
        {
            return inner.List(names);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            inner.Dispose();
        }
    }

    private int Change(Func<int> call)
    {
        lock (_lock)
        {
            return Error() is var error and < 0 ? error : call();
        }
    }

    private int Error()
    {
        if (IsDead)
        {
            return -Errno.InputOutput;
        }

        if (_random.Next(100) >= FailuresInHundred)
        {
            return 0;
        }

        Failures++;
        return _random.Next(2) == 0 ? -Errno.NoSpace : -Errno.InputOutput;
    }
}
