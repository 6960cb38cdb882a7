namespace AdTracking.Gateway.Http;

/// <summary>The routes of the public listener; also the bounded values of the metric label.</summary>
internal enum IntakeRoute
{
    /// <summary>No such path.</summary>
    Unknown,
    Events,
    Impression,
    Engagement,
    Beacon,
    Click,
    BillingNotice,
    Preflight,
    Robots,
}
