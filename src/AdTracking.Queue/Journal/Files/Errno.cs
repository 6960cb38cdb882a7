namespace AdTracking.Queue.Journal.Files;

/// <summary>Linux's error numbers that the journal knows by name (asm-generic/errno.h; the same on x64 and arm64).</summary>
internal static class Errno
{
    /// <summary>No such file or directory.</summary>
    public const int NoEntry = 2;

    /// <summary>Interrupted by a signal: nothing was done, call again.</summary>
    public const int Interrupted = 4;

    /// <summary>Input or output error.</summary>
    public const int InputOutput = 5;

    /// <summary>Not a handle.</summary>
    public const int BadHandle = 9;

    /// <summary>Not permitted.</summary>
    public const int Access = 13;

    /// <summary>The file exists.</summary>
    public const int Exists = 17;

    /// <summary>Not a directory.</summary>
    public const int NotDirectory = 20;

    /// <summary>An argument makes no sense.</summary>
    public const int Invalid = 22;

    /// <summary>No space left.</summary>
    public const int NoSpace = 28;

    /// <summary>The file system is read-only.</summary>
    public const int ReadOnly = 30;

    /// <summary>The system has no such call.</summary>
    public const int NoSystemCall = 38;

    /// <summary>The file system cannot do it.</summary>
    public const int NotSupported = 95;

    /// <summary>The user's quota is used up.</summary>
    public const int Quota = 122;

    /// <summary>Whether an error means that the disk, or the share of it that is ours, is full. Takes both signs.</summary>
    public static bool IsFull(int error) => Math.Abs(error) is NoSpace or Quota;

    /// <summary>The system's words for an error. Takes both signs.</summary>
    public static string Text(int error) => System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(Math.Abs(error));
}
