namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>SplitMix64: a schedule's dice, made in no time and the same everywhere.</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to below the limit.</summary>
    public int Next(int limit) => (int)((NextBits() >> 33) % (uint)limit);

    /// <summary>From a number to another, both included.</summary>
    public int Between(int from, int to) => from + Next(to - from + 1);

    /// <summary>Once in so many times.</summary>
    public bool OneIn(int times) => Next(times) == 0;
}
