namespace AdTracking.Events.Layout;

/// <summary>Query parameters that are about the request itself and not part of the event.</summary>
public static class RequestParameters
{
    /// <summary>Form and detail of the answer; the other names are reserved.</summary>
    public static IReadOnlyList<string> Names { get; } = ["f", "detail", "key", "sig", "kid", "exp"];
}
