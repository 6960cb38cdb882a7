namespace AdTracking.Kafka.Protocol;

/// <summary>A record that made its batch fail.</summary>
/// <param name="BatchIndex">Its place in the batch, from 0.</param>
/// <param name="Message">The broker's own words.</param>
internal readonly record struct RecordError(int BatchIndex, string? Message);
