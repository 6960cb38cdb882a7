namespace AdTracking.Gateway.Redirect;

/// <param name="Location">The address to answer with: visible ASCII, nothing else.</param>
/// <param name="Host">Its host, as it was judged.</param>
internal sealed record RedirectGoal(string Location, string Host);
