namespace AdTracking.Gateway.Testing.Registry;

/// <summary>Where Apicurio's registry, which the tests use as the real one, is not like Confluent's documentation.</summary>
/// <param name="Reason">Why it does not count.</param>
/// <param name="Status">What it answers.</param>
/// <param name="Answer">The pattern of its answer.</param>
public sealed record Difference(string Reason, int Status, string? Answer);
