using System.Text;

namespace AdTracking.Queue.Journal.Files;

/// <summary>A directory of the real file system, on Linux.</summary>
internal sealed unsafe class PosixFiles : IJournalFiles
{
    private const int OwnerOnly = 0x180; // 0600
    private readonly string _directory;
    private int _directoryHandle = -1;

    /// <summary>Names the directory, which must exist; nothing is opened yet.</summary>
    public PosixFiles(string directory) => _directory = Path.GetFullPath(directory);

    public int Create(string name) => OpenWith(name, Libc.ReadWrite | Libc.CreateFlag | Libc.Exclusive);

    public int Open(string name, bool writable) => OpenWith(name, writable ? Libc.ReadWrite : Libc.ReadOnly);

    public int Close(int handle) => Libc.Result(Libc.Close(handle));

    public nint Write(int handle, ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* at = bytes)
        {
            return Libc.Result(Libc.PWrite(handle, at, (nuint)bytes.Length, offset));
        }
    }

    public nint Read(int handle, Span<byte> bytes, long offset)
    {
        fixed (byte* at = bytes)
        {
            return Libc.Result(Libc.PRead(handle, at, (nuint)bytes.Length, offset));
        }
    }

    public int Allocate(int handle, long bytes) => Libc.Result(Libc.FAllocate(handle, 0, 0, bytes));

    public int Sync(int handle) => Libc.Result(Libc.FDataSync(handle));

    public int SyncDirectory()
    {
        if (_directoryHandle < 0)
        {
            var handle = OpenWith(".", Libc.ReadOnly);
            if (handle < 0)
            {
                return handle;
            }

            _directoryHandle = handle;
        }

        return Libc.Result(Libc.FSync(_directoryHandle));
    }

    public int Delete(string name)
    {
        fixed (byte* path = PathOf(name))
        {
            return Libc.Result(Libc.Unlink(path));
        }
    }

    public long Length(int handle) => Libc.Result((nint)Libc.Seek(handle, 0, Libc.SeekEnd));

    public int List(List<string> names)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(_directory))
            {
                names.Add(Path.GetFileName(path));
            }

            return 0;
        }
        catch (DirectoryNotFoundException)
        {
            return -Errno.NoEntry;
        }
        catch (UnauthorizedAccessException)
        {
            return -Errno.Access;
        }
        catch (IOException)
        {
            return -Errno.InputOutput;
        }
    }

    public void Dispose()
    {
        if (_directoryHandle >= 0)
        {
            Libc.Close(_directoryHandle);
        }

        _directoryHandle = -1;
    }

    private int OpenWith(string name, int flags)
    {
        fixed (byte* path = PathOf(name))
        {
            return Libc.Result(Libc.Open(path, flags | Libc.CloseOnExec, OwnerOnly));
        }
    }

    private byte[] PathOf(string name) => Encoding.UTF8.GetBytes(Path.Combine(_directory, name) + "\0");
}
