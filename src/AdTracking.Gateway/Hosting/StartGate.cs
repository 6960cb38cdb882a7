namespace AdTracking.Gateway.Hosting;

/// <summary>Holds the door shut for reasons that the pipeline does not know: the wrong cluster, missing topics, draining.</summary>
internal sealed class StartGate
{
    private readonly Lock _changing = new();
    private volatile string[] _reasons = [];
    private volatile bool _isFinal;

    /// <summary>Read for every request.</summary>
    public bool IsOpen => _reasons.Length == 0;

    /// <summary>Shut for good.</summary>
    public bool IsDraining => _isFinal;

    public IReadOnlyList<string> Reasons => _reasons;

    public void Open() => Change([]);

    public void Shut(string reason) => Change([reason]);

    /// <summary>Shut, and nothing opens it again.</summary>
    public void ShutForGood(string reason)
    {
        lock (_changing)
        {
            _isFinal = true;
            _reasons = [reason];
        }
    }

    private void Change(string[] reasons)
    {
        lock (_changing)
        {
            if (!_isFinal)
            {
                _reasons = reasons;
            }
        }
    }
}
