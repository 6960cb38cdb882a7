using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Engine;

/// <summary>When each request of an open loop is due. It depends on nothing but the load simulations.</summary>
internal sealed class Schedule
{
    private readonly List<(long First, double Start, LoadSimulation Simulation)> _sections = [];

    /// <summary>Lays the load simulations one after another.</summary>
    public Schedule(IEnumerable<LoadSimulation> load)
    {
        var start = 0d;
        foreach (var simulation in load)
        {
            var requests = (long)Math.Round((simulation.From + simulation.Rate) / 2 * simulation.Seconds);
            if (requests > 0)
            {
                _sections.Add((Total, start, simulation));
            }

            Total += requests;
            start += simulation.Seconds;
        }
    }

    /// <summary>How many requests there are.</summary>
    public long Total { get; }

    /// <summary>Seconds from the start at which a request is due; <paramref name="index"/> is less than <see cref="Total"/>.</summary>
    public double DueSeconds(long index)
    {
        var at = _sections.Count - 1;
        while (_sections[at].First > index)
        {
            at--;
        }

        // Requests until time t: n = a t + (b - a) t^2 / 2s. Solved for t in the form that loses no digits when a is near b.
        var (first, start, simulation) = _sections[at];
        var n = index - first;
        var slope = (simulation.Rate - simulation.From) / simulation.Seconds;
        var root = Math.Sqrt(Math.Max(0, (simulation.From * simulation.From) + (2 * slope * n)));
        return n == 0 ? start : start + (2 * n / (simulation.From + root));
    }
}
