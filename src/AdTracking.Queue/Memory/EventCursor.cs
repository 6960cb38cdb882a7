namespace AdTracking.Queue.Memory;

/// <summary>Goes through the events of a group, of a block or of a buffer. It steps to the next event before it shows one, so that the last
/// one may be done with, and its block be gone, while it is shown.</summary>
internal unsafe ref struct EventCursor
{
    private readonly byte* _end;
    private byte* _next;

    /// <summary>Records that stand one after the other.</summary>
    public EventCursor(byte* first, byte* end)
    {
        _next = first;
        _end = end;
    }

    /// <summary>The events of a group in a block.</summary>
    public EventCursor(GroupHeader* group)
        : this((byte*)group + GroupHeader.Bytes, (byte*)group + group->Length)
    {
    }

    /// <summary>The event's header, whose place is the event's.</summary>
    public EventHeader* Header { readonly get; private set; }

    /// <summary>The event's header.</summary>
    public readonly ref EventHeader Event => ref *Header;

    /// <summary>The event's key.</summary>
    public readonly ReadOnlySpan<byte> Key => new((byte*)Header + EventHeader.Bytes, Header->KeyLength);

    /// <summary>The event's value, frame included.</summary>
    public readonly ReadOnlySpan<byte> Value => new((byte*)Header + EventHeader.Bytes + Header->KeyLength, Header->ValueLength);

    /// <summary>Goes to the next event; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next >= _end)
        {
            return false;
        }

        Header = (EventHeader*)_next;
        _next += Header->RecordBytes;
        return true;
    }
}
