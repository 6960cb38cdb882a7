namespace AdTracking.Cli.Sending;

/// <summary>What to send, where to, and how fast.</summary>
/// <param name="Gateway">Base address.</param>
/// <param name="Kind">impression, click or engagement.</param>
/// <param name="Count">Events in all.</param>
/// <param name="Rate">Events a second; 0 for no bound.</param>
/// <param name="Batch">Events a request.</param>
/// <param name="Connections">Requests under way at once.</param>
internal sealed record SendOptions(Uri Gateway, string Kind, int Count, int Rate, int Batch, int Connections);
