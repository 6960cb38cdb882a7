using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Passes calls on to other files, remembers them, and lets those fail that it was told to.</summary>
internal sealed class FaultyFiles(IJournalFiles inner) : IJournalFiles
{
    private readonly Dictionary<(FileCall Call, int Time), FileFault> _faults = [];
    private readonly Dictionary<FileCall, int> _counts = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Looks on before a call is made, or fails.</summary>
    public Action? BeforeCall { get; set; }

    /// <summary>All calls so far, each with its file's name (the directory's is empty).</summary>
    public List<(FileCall Call, string Name)> Calls { get; } = [];

    /// <summary>Makes the k-th call of a kind from now on fail, counted from 1.</summary>
    public FaultyFiles Fail(FileCall call, int time, FileFault fault)
    {
        _faults[(call, Count(call) + time)] = fault;
        return this;
    }

    /// <summary>How often it was called.</summary>
    public int Count(FileCall call) => _counts.GetValueOrDefault(call);

    public int Create(string name) => Remember(Passed(FileCall.Create, name, out var error) ? inner.Create(name) : error, name);

    public int Open(string name, bool writable) =>
        Remember(Passed(FileCall.Open, name, out var error) ? inner.Open(name, writable) : error, name);

    public int Close(int handle)
    {
        // The handle is gone even when the call says that it failed.
        var passed = Passed(FileCall.Close, NameOf(handle), out var error);
        var result = inner.Close(handle);
        return passed ? result : error;
    }

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Next(FileCall.Write, NameOf(handle)) is not { } fault)
        {
            return inner.Write(handle, bytes, offset);
        }

        if (fault.Errno == 0)
        {
            return inner.Write(handle, bytes[..Math.Max(1, bytes.Length / 2)], offset);
        }

        if (fault.IsTorn)
        {
            inner.Write(handle, bytes[..(bytes.Length / 2)], offset);
        }

        return -fault.Errno;
    }

    public nint Read(int handle, Span<byte> bytes, long offset)
    {
        if (Next(FileCall.Read, NameOf(handle)) is not { } fault)
        {
            return inner.Read(handle, bytes, offset);
        }

        return fault.Errno == 0 ? inner.Read(handle, bytes[..Math.Max(1, bytes.Length / 2)], offset) : -fault.Errno;
    }

    public int Allocate(int handle, long bytes) =>
        Passed(FileCall.Allocate, NameOf(handle), out var error) ? inner.Allocate(handle, bytes) : error;

    public int Sync(int handle) => Passed(FileCall.Sync, NameOf(handle), out var error) ? inner.Sync(handle) : error;

    public int SyncDirectory() => Passed(FileCall.SyncDirectory, "", out var error) ? inner.SyncDirectory() : error;

    public int Delete(string name) => Passed(FileCall.Delete, name, out var error) ? inner.Delete(name) : error;

    public long Length(int handle) => Passed(FileCall.Length, NameOf(handle), out var error) ? inner.Length(handle) : error;

    public int List(List<string> names) => Passed(FileCall.List, "", out var error) ? inner.List(names) : error;

    public void Dispose() => inner.Dispose();

    private bool Passed(FileCall call, string name, out int error)
    {
        var fault = Next(call, name);
        error = -(fault?.Errno ?? 0);
        return fault is null;
    }

    private FileFault? Next(FileCall call, string name)
    {
        BeforeCall?.Invoke();
        Calls.Add((call, name));
        var time = Count(call) + 1;
        _counts[call] = time;
        if (!_faults.TryGetValue((call, time), out var fault))
        {
            return null;
        }

        if (fault.IsLasting)
        {
            _faults[(call, time + 1)] = fault;
        }

        return fault;
    }

    private int Remember(int handle, string name)
    {
        if (handle >= 0)
        {
            _names[handle] = name;
        }

        return handle;
    }

    private string NameOf(int handle) => _names.GetValueOrDefault(handle, "?");
}
