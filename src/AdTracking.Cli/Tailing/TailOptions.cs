using AdTracking.Avro.Schemas;

namespace AdTracking.Cli.Tailing;

/// <summary>What to read, where, and when to stop.</summary>
/// <param name="BootstrapServers">Kafka.</param>
/// <param name="Registry">Base address of the Schema Registry.</param>
/// <param name="Topics">Topics; those that do not exist are left out as long as one does.</param>
/// <param name="FromBeginning">From the oldest record, not only what comes from now on.</param>
/// <param name="Count">Records to print; 0 for no end.</param>
/// <param name="Schema">A schema to read the records with, whatever version they were written in; null for their own.</param>
/// <param name="ShowsAll">Also fields that are null, and empty maps and lists.</param>
/// <param name="Filters">Only records with these values in these fields; all of them.</param>
/// <param name="Timeout">How long to wait for them in all; null for ever.</param>
internal sealed record TailOptions(
    string BootstrapServers,
    Uri Registry,
    IReadOnlyList<string> Topics,
    bool FromBeginning,
    int Count,
    AvroSchema? Schema,
    bool ShowsAll,
    IReadOnlyList<FieldFilter> Filters,
    TimeSpan? Timeout);
