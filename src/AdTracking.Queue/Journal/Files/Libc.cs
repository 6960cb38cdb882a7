using System.Runtime.InteropServices;

namespace AdTracking.Queue.Journal.Files;

/// <summary>The C library's calls as the dynamic linker sees them from the main program: what LD_PRELOAD puts before them is called. A
/// P/Invoke into "libc" would look them up in that library alone, past any tool that makes calls fail for a test. The result of a call that
/// failed is -1; <see cref="Result(nint)"/>, at once after the call, turns it into the error's number.</summary>
internal static unsafe class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int CreateFlag = 0x40;
    public const int Exclusive = 0x80;
    public const int CloseOnExec = 0x80000;
    public const int SeekEnd = 2;

    public static readonly delegate* unmanaged<byte*, int, int, int> Open = (delegate* unmanaged<byte*, int, int, int>)Find("open");
    public static readonly delegate* unmanaged<int, int> Close = (delegate* unmanaged<int, int>)Find("close");
    public static readonly delegate* unmanaged<int, byte*, nuint, long, nint> PWrite =
        (delegate* unmanaged<int, byte*, nuint, long, nint>)Find("pwrite");

    public static readonly delegate* unmanaged<int, byte*, nuint, long, nint> PRead =
        (delegate* unmanaged<int, byte*, nuint, long, nint>)Find("pread");

    public static readonly delegate* unmanaged<int, int, long, long, int> FAllocate =
        (delegate* unmanaged<int, int, long, long, int>)Find("fallocate");

    public static readonly delegate* unmanaged<int, int> FDataSync = (delegate* unmanaged<int, int>)Find("fdatasync");
    public static readonly delegate* unmanaged<int, int> FSync = (delegate* unmanaged<int, int>)Find("fsync");
    public static readonly delegate* unmanaged<byte*, int> Unlink = (delegate* unmanaged<byte*, int>)Find("unlink");
    public static readonly delegate* unmanaged<int, long, int, long> Seek = (delegate* unmanaged<int, long, int, long>)Find("lseek");

    /// <summary>What a call returned, or its error negated.</summary>
    public static nint Result(nint returned) => returned == -1 ? -Math.Max(1, Marshal.GetLastSystemError()) : returned;

    /// <inheritdoc cref="Result(nint)"/>
    public static int Result(int returned) => returned == -1 ? -Math.Max(1, Marshal.GetLastSystemError()) : returned;

    private static nint Find(string name) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name);
}
