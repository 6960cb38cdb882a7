namespace AdTracking.Load.Scenarios;

/// <summary>How a load simulation makes requests.</summary>
internal enum SimulationKind
{
    /// <summary>Open loop: requests leave at a steady rate, whatever the answers do.</summary>
    Inject,

    /// <summary>Open loop: the rate changes evenly from <c>from</c> to <c>rate</c>.</summary>
    RampingInject,

    /// <summary>Open loop: nothing is sent.</summary>
    Pause,

    /// <summary>Closed loop: every connection sends its next request when the last one is answered.</summary>
    KeepConstant,
}
