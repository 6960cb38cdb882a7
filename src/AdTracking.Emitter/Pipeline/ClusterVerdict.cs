namespace AdTracking.Emitter.Pipeline;

/// <summary>What a host says about a cluster, before anything goes there (<see cref="PipelineOptions.JudgeCluster"/>).</summary>
public sealed record ClusterVerdict
{
    private ClusterVerdict(bool isRefused, IReadOnlyList<string> problems)
    {
        IsRefused = isRefused;
        Problems = problems;
    }

    /// <summary>Events may go there. The host is not asked about this cluster again.</summary>
    public static ClusterVerdict Admitted { get; } = new(isRefused: false, []);

    /// <summary>Whether nothing may go there and nothing is to be accepted for it.</summary>
    public bool IsRefused { get; }

    /// <summary>What is wrong, or not known yet; empty when events may go there.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The cluster has answered, and events must not go there. The host is asked again later.</summary>
    public static ClusterVerdict Refused(params IReadOnlyList<string> problems) => new(isRefused: true, problems);

    /// <summary>The cluster has not answered the host's questions. It is asked again soon; a journal takes events meanwhile.</summary>
    public static ClusterVerdict Unknown(params IReadOnlyList<string> problems) => new(isRefused: false, problems);
}
