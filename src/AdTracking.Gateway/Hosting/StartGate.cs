namespace AdTracking.Gateway.Hosting;

/// <summary>Holds the door shut for reasons that the pipeline does not know: the wrong cluster, missing topics, draining.</summary>
internal sealed class StartGate
{
    private volatile string[] _reasons = [];

    /// <summary>Read for every request.</summary>
    public bool IsOpen => _reasons.Length == 0;

    public IReadOnlyList<string> Reasons => _reasons;

    public void Open() => _reasons = [];

    public void Shut(params string[] reasons) => _reasons = reasons;
}
