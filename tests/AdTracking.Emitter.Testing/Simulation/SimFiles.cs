using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One process's view of a <see cref="SimDisk"/>. Before and after each call the schedule may let other steps run, make the call
/// fail, or kill the process: then nothing that the unwinding code calls has any effect.</summary>
internal sealed class SimFiles(SimDisk disk, SimRandom random, SimVariant variant) : IJournalFiles
{
    private readonly List<SimFile?> _handles = [];
    private readonly List<bool> _isNotes = [];

    /// <summary>Asked before each call and after those that change something: 0, or an error that the call has to report. May not return at all.</summary>
    public Func<SimCall, int>? Interrupt { get; set; }

    /// <summary>A file that the disk refuses to read as long as this process lives.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The process was killed.</summary>
    public bool IsDead { get; set; }

    /// <summary>Calls of <see cref="Sync"/> that went well.</summary>
    public int Syncs { get; private set; }

    public int Create(string name)
    {
        var error = Ask(SimCall.Create);
        if (error < 0)
        {
            return error;
        }

        if (disk.Find(name) is not null)
        {
            return -Errno.Exists;
        }

        return Register(disk.Create(name), name);
    }

    public int Open(string name, bool writable)
    {
        var error = Ask(SimCall.Open);
        if (error < 0)
        {
            return error;
        }

        return disk.Find(name) is { } file ? Register(file, name) : -Errno.NoEntry;
    }

    public int Close(int handle)
    {
        if (IsDead)
        {
            return -Errno.InputOutput;
        }

        if (_handles[handle] is null)
        {
            throw new InvalidOperationException("a handle is closed once");
        }

        _handles[handle] = null;
        return 0;
    }

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset)
    {
        var error = Ask(SimCall.Write);
        if (error < 0)
        {
            return error;
        }

        var file = File(handle);
        if (variant == SimVariant.NotesDropped && _isNotes[handle] && bytes.ContainsAnyExcept((byte)0))
        {
            return bytes.Length;
        }

        var grown = Math.Max(0, offset + bytes.Length - file.Length);
        if (grown > 0 && disk.Bytes + grown > disk.BytesMax)
        {
            return -Errno.NoSpace;
        }

        // In two parts, so that a kill or another step in between finds half of it there; sometimes the rest is left to the caller.
        var first = random.OneIn(8) ? random.Next(bytes.Length + 1) : bytes.Length;
        file.Write(bytes[..first], offset, random);
        if (first > 0 && first < bytes.Length)
        {
            if (random.OneIn(2))
            {
                return first;
            }

            _ = Ask(SimCall.WriteHalf);
        }

        file.Write(bytes[first..], offset + first, random);
        _ = Ask(SimCall.Written);
        return bytes.Length;
    }

    public nint Read(int handle, Span<byte> bytes, long offset)
    {
        var error = Ask(SimCall.Read);
        if (error >= 0 && Unreadable is { } name && ReferenceEquals(disk.Find(name), File(handle)))
        {
            error = -Errno.InputOutput;
        }

        return error < 0 ? error : File(handle).Read(bytes, offset);
    }

    public int Allocate(int handle, long bytes)
    {
        var error = Ask(SimCall.Allocate);
        if (error < 0)
        {
            return error;
        }

        var file = File(handle);
        if (disk.Bytes + Math.Max(0, bytes - file.Length) > disk.BytesMax)
        {
            return -Errno.NoSpace;
        }

        file.Grow((int)bytes);
        return 0;
    }

    public int Sync(int handle)
    {
        var error = Ask(SimCall.Sync);
        if (error < 0)
        {
            return error;
        }

        if (variant != SimVariant.SyncAfterAnswer)
        {
            File(handle).Sync();
        }

        Syncs++;
        _ = Ask(SimCall.Synced);
        return 0;
    }

    public int SyncDirectory()
    {
        var error = Ask(SimCall.SyncDirectory);
        if (error < 0)
        {
            return error;
        }

        if (variant != SimVariant.NoDirectorySync)
        {
            disk.Sync();
        }

        return 0;
    }

    public int Delete(string name)
    {
        var error = Ask(SimCall.Delete);
        if (error < 0)
        {
            return error;
        }

        return disk.Delete(name) ? 0 : -Errno.NoEntry;
    }

    public long Length(int handle) => IsDead ? -Errno.InputOutput : File(handle).Length;

    public int List(List<string> names)
    {
        var error = Ask(SimCall.List);
        if (error < 0)
        {
            return error;
        }

        names.AddRange(disk.Names);
        return 0;
    }

    public void Dispose()
    {
    }

    private int Ask(SimCall call) => IsDead ? -Errno.InputOutput : Interrupt?.Invoke(call) ?? 0;

    private SimFile File(int handle) => _handles[handle] ?? throw new InvalidOperationException("a handle is used while it is open");

    private int Register(SimFile file, string name)
    {
        _handles.Add(file);
        _isNotes.Add(name.EndsWith(".notes", StringComparison.Ordinal));
        return _handles.Count - 1;
    }
}
