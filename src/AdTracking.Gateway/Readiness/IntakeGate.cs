namespace AdTracking.Gateway.Readiness;

/// <summary>Holds the door shut for reasons that the pipeline does not know: the wrong cluster, missing topics, draining.</summary>
internal sealed class IntakeGate
{
    private readonly Lock _changing = new();
    private volatile string[] _reasons = [];
    private volatile bool _isFinal;
    private volatile bool _wasShut;

    /// <summary>Read for every request.</summary>
    public bool IsOpen => _reasons.Length == 0;

    /// <summary>Shut for good.</summary>
    public bool IsDraining => _isFinal;

    /// <summary>Whether what goes to Kafka goes where it belongs: also while draining, unless it never did.</summary>
    public bool CanReachCluster => !_wasShut && (_isFinal || IsOpen);

    public IReadOnlyList<string> Reasons => _reasons;

    public void Open() => Change([]);

    public void Shut(string reason) => Change([reason]);

    /// <summary>Shut, and nothing opens it again.</summary>
    public void BeginDrain(string reason)
    {
        lock (_changing)
        {
            _wasShut = !_isFinal ? _reasons.Length > 0 : _wasShut;
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
