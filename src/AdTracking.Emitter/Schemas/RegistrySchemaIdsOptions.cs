using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Emitter.Schemas;

/// <summary>How schema ids are found in a registry.</summary>
public sealed record RegistrySchemaIdsOptions
{
    /// <summary>The schemas whose ids are needed.</summary>
    public required IReadOnlyList<SchemaSource> Schemas { get; init; }

    /// <summary>What the registry is called in the cache: its address. A registry that changes its address but not its content (the
    /// embedded one has a new port every time) is given a name of its own.</summary>
    public required string RegistryKey { get; init; }

    /// <summary>Register a schema that is missing. Not for production, where a schema gets in through its own review.</summary>
    public bool AutoRegister { get; init; }

    /// <summary>The cache's file, or null for none.</summary>
    public string? CachePath { get; init; }

    /// <summary>Logs a line when ids come from the cache, are registered, or the cache cannot be used.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
