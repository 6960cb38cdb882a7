using AdTracking.Emitter.Kafka;

namespace AdTracking.Cli.Verifying;

/// <summary>What to compare.</summary>
/// <param name="BootstrapServers">Kafka.</param>
/// <param name="Registry">Base address of the Schema Registry.</param>
/// <param name="Topics">Where events and the ledger are; copies can be given other names.</param>
/// <param name="From">The first minute that is compared.</param>
/// <param name="To">The end of the last one.</param>
/// <param name="Edge">Only this gateway's events; null for all.</param>
/// <param name="Admin">The admin port of a running gateway that is asked for what it has not published yet; null for none.</param>
/// <param name="IsJson">One JSON document instead of lines for people.</param>
internal sealed record VerifyOptions(
    string BootstrapServers, Uri Registry, TopicNames Topics, DateTimeOffset From, DateTimeOffset To, string? Edge, Uri? Admin, bool IsJson);
