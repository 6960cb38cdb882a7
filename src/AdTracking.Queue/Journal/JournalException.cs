namespace AdTracking.Queue.Journal;

/// <summary>The journal's directory cannot be used: not to be read or written, in use by another process, of a newer format. Thrown at
/// the start; nothing in the directory was changed.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Makes one.</summary>
    public JournalException()
    {
    }

    /// <summary>Makes one that says why, and what to do.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public JournalException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
