namespace AdTracking.Load.Requests;

/// <summary>A request as bytes. Each connection has a copy and writes fresh ids into it, so a request costs 36 bytes of writing per id.</summary>
internal sealed class PreparedRequest
{
    private readonly int[] _idOffsets;

    /// <summary>Takes the bytes of the whole request and where its ids begin.</summary>
    public PreparedRequest(byte[] bytes, int[] idOffsets, int events)
    {
        Bytes = bytes;
        _idOffsets = idOffsets;
        Events = events;
    }

    /// <summary>The whole request: request line, headers and body.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many events one request carries.</summary>
    public int Events { get; }

    /// <summary>A copy for another connection.</summary>
    public PreparedRequest Copy() => new((byte[])Bytes.Clone(), _idOffsets, Events);

    /// <summary>Writes a new id at every place of one.</summary>
    public void Patch(IdSource ids)
    {
        foreach (var offset in _idOffsets)
        {
            ids.Write(Bytes.AsSpan(offset, IdSource.Length));
        }
    }
}
