namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>A file as programs see it, and as it stands on the disk, where sectors of 512 bytes arrive one by one.</summary>
internal sealed class SimFile
{
    private const int SectorBytes = 512;
    private byte[] _seen = [];
    private byte[] _disk = [];
    private bool[] _dirty = [];
    private int _diskLength;

    /// <summary>Its length as programs see it.</summary>
    public int Length { get; private set; }

    public SimFile Copy() => new()
    {
        _seen = [.. _seen],
        _disk = [.. _disk],
        _dirty = [.. _dirty],
        _diskLength = _diskLength,
        Length = Length,
    };

    public int Read(Span<byte> bytes, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, bytes.Length);
        var there = (int)Math.Clamp(_seen.Length - offset, 0, count);
        if (there > 0)
        {
            _seen.AsSpan((int)offset, there).CopyTo(bytes);
        }

        bytes[there..count].Clear();
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset, SimRandom random)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var end = (int)offset + bytes.Length;
        Length = Math.Max(Length, end);
        if (offset >= _seen.Length && !bytes.ContainsAnyExcept((byte)0))
        {
            return;
        }

        Reserve(end);
        for (var sector = (int)offset / SectorBytes; sector <= (end - 1) / SectorBytes; sector++)
        {
            // A sector that was written before may have gone to the disk by itself in between.
            if (_dirty[sector] && random.OneIn(4))
            {
                Settle(sector);
            }

            _dirty[sector] = true;
        }

        bytes.CopyTo(_seen.AsSpan((int)offset));
    }

    /// <summary>Makes it at least this long. What was never written takes no memory here.</summary>
    public void Grow(int length) => Length = Math.Max(Length, length);

    /// <summary>Everything is on the disk now.</summary>
    public void Sync()
    {
        for (var sector = 0; sector < _dirty.Length; sector++)
        {
            if (_dirty[sector])
            {
                Settle(sector);
            }
        }

        _diskLength = Length;
    }

    /// <summary>The power is cut: of what was not synced any part may be there. Chance: how many of eight sectors made it.</summary>
    public void CutPower(SimRandom random, int chance)
    {
        for (var sector = 0; sector < _dirty.Length; sector++)
        {
            if (_dirty[sector] && random.Next(8) < chance)
            {
                Settle(sector);
            }

            _dirty[sector] = false;
        }

        if (_diskLength != Length && random.Next(8) < chance)
        {
            _diskLength = Length;
        }

        if (_diskLength < _disk.Length)
        {
            _disk.AsSpan(_diskLength).Clear();
        }

        _disk.CopyTo(_seen, 0);
        Length = _diskLength;
    }

    private void Reserve(int bytes)
    {
        if (bytes <= _seen.Length)
        {
            return;
        }

        var sectors = (Math.Max(bytes, _seen.Length * 2) + SectorBytes - 1) / SectorBytes;
        Array.Resize(ref _seen, sectors * SectorBytes);
        Array.Resize(ref _disk, sectors * SectorBytes);
        Array.Resize(ref _dirty, sectors);
    }

    private void Settle(int sector)
    {
        var at = sector * SectorBytes;
        _seen.AsSpan(at, SectorBytes).CopyTo(_disk.AsSpan(at));
        _dirty[sector] = false;
    }
}
