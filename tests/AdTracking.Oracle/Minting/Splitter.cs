namespace AdTracking.Oracle.Minting;

/// <summary>SplitMix64: a number that looks random and follows from what it is made of.</summary>
internal static class Splitter
{
    public static ulong Mix(ulong seed, long number, int salt)
    {
        var z = seed + (ulong)number * 0x9E3779B97F4A7C15 + (ulong)salt * 0xD1B54A32D192ED03;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
