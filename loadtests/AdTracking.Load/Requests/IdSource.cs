namespace AdTracking.Load.Requests;

/// <summary>Ids that no two requests of a run share, in the form of a UUID: a counter of 48 bits, then the run's own 48 bits.</summary>
internal sealed class IdSource(long run)
{
    /// <summary>Length of an id: 8-4-4-4-12 and four hyphens.</summary>
    public const int Length = 36;

    private readonly byte[] _template = System.Text.Encoding.ASCII.GetBytes($"00000000-0000-4000-8000-{run & 0xFFFF_FFFF_FFFF:x12}");
    private long _count;

    /// <summary>How many ids were given out.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Writes the next id over <paramref name="target"/>, which has <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        _template.CopyTo(target);
        var rest = Interlocked.Increment(ref _count);
        for (var at = 12; at >= 0; at--)
        {
            if (at != 8)
            {
                target[at] = "0123456789abcdef"u8[(int)(rest & 15)];
                rest >>= 4;
            }
        }
    }
}
