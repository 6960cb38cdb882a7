namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>A directory on a disk: entries, like sectors, are certain only once they are synced. Outlives every process.</summary>
internal sealed class SimDisk
{
    private SortedDictionary<string, SimFile> _seen = new(StringComparer.Ordinal);
    private SortedDictionary<string, SimFile> _disk = new(StringComparer.Ordinal);

    /// <summary>Bytes that all files together may have.</summary>
    public int BytesMax { get; set; } = int.MaxValue;

    /// <summary>Names as programs see them.</summary>
    public IReadOnlyCollection<string> Names => _seen.Keys;

    /// <summary>Bytes of all files.</summary>
    public int Bytes => _seen.Values.Sum(file => file.Length);

    public SimDisk Copy()
    {
        var copies = new Dictionary<SimFile, SimFile>();
        SimFile CopyOf(SimFile file) => copies.TryGetValue(file, out var copy) ? copy : copies[file] = file.Copy();
        var disk = new SimDisk { BytesMax = BytesMax };
        foreach ((var name, var file) in _seen)
        {
            disk._seen.Add(name, CopyOf(file));
        }

        foreach ((var name, var file) in _disk)
        {
            disk._disk.Add(name, CopyOf(file));
        }

        return disk;
    }

    public SimFile? Find(string name) => _seen.GetValueOrDefault(name);

    public SimFile Create(string name)
    {
        var file = new SimFile();
        _seen.Add(name, file);
        return file;
    }

    public bool Delete(string name) => _seen.Remove(name);

    public void Sync() => _disk = new SortedDictionary<string, SimFile>(_seen, StringComparer.Ordinal);

    /// <summary>The power is cut: of entries made or removed since the last sync any may be there.</summary>
    public void CutPower(SimRandom random)
    {
        var chance = random.Next(9);
        var left = new SortedDictionary<string, SimFile>(_disk, StringComparer.Ordinal);
        foreach (var name in _seen.Keys.Union(_disk.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (random.Next(8) >= chance)
            {
                continue;
            }

            if (_seen.TryGetValue(name, out var file))
            {
                left[name] = file;
            }
            else
            {
                left.Remove(name);
            }
        }

        foreach (var file in left.Values)
        {
            file.CutPower(random, chance);
        }

        _disk = left;
        _seen = new SortedDictionary<string, SimFile>(left, StringComparer.Ordinal);
    }
}
