using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A directory in memory, with errors as the real one has them, that knows what a power cut may take back.</summary>
internal sealed class MemoryFiles : IJournalFiles
{
    private readonly List<(MemoryFile File, bool Writable)?> _handles = [];
    private Dictionary<string, MemoryFile> _synced = [];

    /// <summary>The files by name, as programs see them.</summary>
    public Dictionary<string, MemoryFile> Entries { get; private init; } = [];

    /// <summary>Handles that were not closed.</summary>
    public int OpenHandles => _handles.Count(handle => handle is not null);

    /// <summary>Bytes that all files together may have; then there is no space left.</summary>
    public long BytesMax { get; set; } = long.MaxValue;

    /// <summary>What a file holds.</summary>
    public byte[] this[string name]
    {
        get => Entries[name].Bytes;
        set => Entries[name] = new MemoryFile { Bytes = value };
    }

    public int Create(string name)
    {
        if (Entries.ContainsKey(name))
        {
            return -Errno.Exists;
        }

        Entries[name] = new MemoryFile();
        return Add(Entries[name], writable: true);
    }

    public int Open(string name, bool writable) => Entries.TryGetValue(name, out var file) ? Add(file, writable) : -Errno.NoEntry;

    public int Close(int handle)
    {
        if (Find(handle) is null)
        {
            return -Errno.BadHandle;
        }

        _handles[handle] = null;
        return 0;
    }

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Find(handle) is not { Writable: true } open)
        {
            return -Errno.BadHandle;
        }

        var room = Math.Max(0, BytesMax - Used()) + Math.Max(0, open.File.Bytes.Length - offset);
        if (bytes.Length > 0 && room <= 0)
        {
            return -Errno.NoSpace;
        }

        bytes = bytes[..(int)Math.Min(bytes.Length, room)];
        open.File.Write(bytes, offset);
        return bytes.Length;
    }

    public nint Read(int handle, Span<byte> bytes, long offset)
    {
        if (Find(handle) is not { } open)
        {
            return -Errno.BadHandle;
        }

        var count = (int)Math.Clamp(open.File.Bytes.Length - offset, 0, bytes.Length);
        open.File.Bytes.AsSpan((int)Math.Min(offset, open.File.Bytes.Length), count).CopyTo(bytes);
        return count;
    }

    public int Allocate(int handle, long bytes)
    {
        if (Find(handle) is not { Writable: true } open)
        {
            return -Errno.BadHandle;
        }

        if (Used() + Math.Max(0, bytes - open.File.Bytes.Length) > BytesMax)
        {
            return -Errno.NoSpace;
        }

        open.File.Grow(bytes);
        return 0;
    }

    public int Sync(int handle)
    {
        if (Find(handle) is not { } open)
        {
            return -Errno.BadHandle;
        }

        open.File.Sync();
        return 0;
    }

    public int SyncDirectory()
    {
        _synced = new Dictionary<string, MemoryFile>(Entries);
        return 0;
    }

    public int Delete(string name) => Entries.Remove(name) ? 0 : -Errno.NoEntry;

    public long Length(int handle) => Find(handle) is { } open ? open.File.Bytes.Length : -Errno.BadHandle;

    public int List(List<string> names)
    {
        names.AddRange(Entries.Keys);
        return 0;
    }

    public void Dispose()
    {
    }

    /// <summary>The directory after a power cut: any of the unsynced creations and deletions have reached the disk, and any of the unsynced
    /// sectors.</summary>
    public MemoryFiles AfterCrash(Random random)
    {
        var after = new MemoryFiles();
        foreach (var name in Entries.Keys.Union(_synced.Keys).Order(StringComparer.Ordinal))
        {
            var now = Entries.GetValueOrDefault(name);
            var before = _synced.GetValueOrDefault(name);
            if ((ReferenceEquals(now, before) || random.Next(2) == 0 ? now : before) is { } file)
            {
                after.Entries[name] = file.AfterCrash(_ => random.Next(2) == 0, random.Next(2) == 0);
            }
        }

        after.SyncDirectory();
        return after;
    }

    private int Add(MemoryFile file, bool writable)
    {
        _handles.Add((file, writable));
        return _handles.Count - 1;
    }

    private (MemoryFile File, bool Writable)? Find(int handle) => (uint)handle < (uint)_handles.Count ? _handles[handle] : null;

    private long Used() => Entries.Values.Sum(file => (long)file.Bytes.Length);
}
