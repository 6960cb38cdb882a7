using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Engine;

/// <summary>Which step a request takes: by weight, and the same for the same seed and number of the request.</summary>
internal sealed class StepChoice(long seed, IReadOnlyList<Step> steps)
{
    private readonly ulong _total = (ulong)steps.Sum(step => (long)step.Weight);

    /// <summary>The step's index for a request.</summary>
    public int Of(long request)
    {
        if (steps.Count == 1)
        {
            return 0;
        }

        var left = Mix((ulong)request ^ Mix((ulong)seed)) % _total;
        for (var at = 0; ; at++)
        {
            var weight = (ulong)steps[at].Weight;
            if (left < weight)
            {
                return at;
            }

            left -= weight;
        }
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
