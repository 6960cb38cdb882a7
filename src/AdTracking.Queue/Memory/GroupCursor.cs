namespace AdTracking.Queue.Memory;

/// <summary>Goes through the groups of a block that stand between two offsets. Like <see cref="EventCursor"/>, it steps on before it shows
/// one.</summary>
internal unsafe ref struct GroupCursor(QueueBlock block, int from, int end)
{
    private readonly byte* _base = block.Base;

    /// <summary>The group's header.</summary>
    public GroupHeader* Group { readonly get; private set; }

    /// <summary>Where the group stands in the block.</summary>
    public int Offset { readonly get; private set; } = from;

    /// <summary>Where the next group stands, or the end.</summary>
    public int Next { readonly get; private set; } = from;

    /// <summary>The group's events.</summary>
    public readonly EventCursor Events => new(Group);

    /// <summary>Goes to the next group; false at the end.</summary>
    public bool MoveNext()
    {
        if (Next >= end)
        {
            return false;
        }

        Offset = Next;
        Group = (GroupHeader*)(_base + Offset);
        Next += Group->Length;
        return true;
    }
}
