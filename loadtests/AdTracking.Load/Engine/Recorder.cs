using HdrHistogram;

namespace AdTracking.Load.Engine;

/// <summary>Counts outcomes and latencies of all connections.</summary>
internal sealed class Recorder
{
    private const long LatencyUsMax = 3_600_000_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);

    /// <summary>Microseconds; read it when the run has ended.</summary>
    public LongHistogram LatencyUs { get; } = new(LatencyUsMax, 3);

    /// <summary>Failures by kind; read it when the run has ended.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    /// <summary>Requests that were answered with 2xx or 3xx.</summary>
    public long Succeeded { get; private set; }

    /// <summary>Requests that were not.</summary>
    public long Failed { get; private set; }

    /// <summary>Events of the requests that succeeded.</summary>
    public long Events { get; private set; }

    /// <summary>Counts one request.</summary>
    public void Record(Outcome outcome, int events, double seconds)
    {
        lock (_gate)
        {
            if (outcome.HasLatency)
            {
                LatencyUs.RecordValue(Math.Clamp((long)(seconds * 1e6), 1, LatencyUsMax));
            }

            if (outcome.Error is null)
            {
                Succeeded++;
                Events += events;
            }
            else
            {
                Failed++;
                _errors[outcome.Error] = _errors.GetValueOrDefault(outcome.Error) + 1;
            }
        }
    }
}
