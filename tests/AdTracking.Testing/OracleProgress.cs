namespace AdTracking.Testing;

/// <summary>A line of the oracle's progress.</summary>
/// <param name="Ms">Since its start.</param>
/// <param name="Sent">Events sent.</param>
/// <param name="Promised">Events answered with a 2xx.</param>
/// <param name="Outstanding">Promised ones not seen in Kafka yet.</param>
/// <param name="Read">Records read from Kafka.</param>
/// <param name="Fresh">Of these, such as were sent within five seconds before.</param>
/// <param name="Unanswered">Events whose request had no answer.</param>
public sealed record OracleProgress(long Ms, long Sent, long Promised, long Outstanding, long Read, long Fresh, long Unanswered);
