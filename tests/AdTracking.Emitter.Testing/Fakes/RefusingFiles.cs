using AdTracking.Queue.Journal.Files;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>One of the files cannot be opened to be read only, or one cannot be written.</summary>
internal sealed class RefusingFiles(IJournalFiles inner) : PassingFiles(inner)
{
    private readonly Dictionary<int, string> _names = [];

    /// <summary>The name of the file that cannot be opened to be read only; empty for none.</summary>
    public string Unreadable { get; init; } = "";

    /// <summary>The name of the file that cannot be written; empty for none.</summary>
    public string Unwritable { get; set; } = "";

    public override int Create(string name) => Remember(base.Create(name), name);

    public override int Open(string name, bool writable) =>
        name == Unreadable && !writable ? -Errno.InputOutput : Remember(base.Open(name, writable), name);

    public override nint Write(int handle, ReadOnlySpan<byte> bytes, long offset) =>
        _names[handle] == Unwritable ? -Errno.InputOutput : base.Write(handle, bytes, offset);

    private int Remember(int handle, string name)
    {
        if (handle >= 0)
        {
            _names[handle] = name;
        }

        return handle;
    }
}
