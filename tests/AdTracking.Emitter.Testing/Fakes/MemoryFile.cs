namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A file of <see cref="MemoryFiles"/>: what programs see, and which sectors of it a power cut may take back.</summary>
internal sealed class MemoryFile
{
    public const int SectorBytes = 512;

    private byte[] _synced = [];

    public byte[] Bytes { get; set; } = [];

    /// <summary>Sectors written since the last sync.</summary>
    public SortedSet<int> Dirty { get; } = [];

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        Grow(offset + bytes.Length);
        bytes.CopyTo(Bytes.AsSpan((int)offset));
        for (var sector = offset / SectorBytes; sector * SectorBytes < offset + bytes.Length; sector++)
        {
            Dirty.Add((int)sector);
        }
    }

    public void Grow(long length)
    {
        if (length <= Bytes.Length)
        {
            return;
        }

        var longer = new byte[length];
        Bytes.CopyTo(longer, 0);
        Bytes = longer;
    }

    public void Sync()
    {
        if (_synced.Length != Bytes.Length)
        {
            Array.Resize(ref _synced, Bytes.Length);
        }

        foreach (var sector in Dirty)
        {
            Sector(Bytes, sector).CopyTo(Sector(_synced, sector));
        }

        Dirty.Clear();
    }

    /// <summary>The file after a power cut in which the chosen ones of its unsynced sectors had reached the disk already, and its unsynced
    /// length or not.</summary>
    public MemoryFile AfterCrash(Func<int, bool> survives, bool lengthSurvives = true)
    {
        var bytes = new byte[lengthSurvives ? Bytes.Length : _synced.Length];
        _synced.AsSpan(0, Math.Min(_synced.Length, bytes.Length)).CopyTo(bytes);
        foreach (var sector in Dirty)
        {
            if (sector * SectorBytes < bytes.Length && survives(sector))
            {
                Sector(Bytes, sector)[..Sector(bytes, sector).Length].CopyTo(Sector(bytes, sector));
            }
        }

        return new MemoryFile { Bytes = bytes, _synced = (byte[])bytes.Clone() };
    }

    private static Span<byte> Sector(byte[] bytes, int sector) =>
        bytes.AsSpan(sector * SectorBytes, Math.Min(SectorBytes, bytes.Length - (sector * SectorBytes)));
}
