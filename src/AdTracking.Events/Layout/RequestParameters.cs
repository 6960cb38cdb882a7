namespace AdTracking.Events.Layout;

/// <summary>Query parameters that speak to the gateway about the request and are no part of the event.</summary>
public static class RequestParameters
{
    /// <summary>Answer form, detail, API key, and what a signature is checked with.</summary>
    public static IReadOnlyList<string> Names { get; } = ["f", "detail", "key", "sig", "kid", "exp"];
}
