namespace AdTracking.Emitter.Schemas;

/// <summary>One line of the schema id cache.</summary>
/// <param name="Registry">The registry's address or name.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Sha256">SHA-256 of the schema text's UTF-8 bytes, lower-case hex.</param>
/// <param name="Id">The registry's id.</param>
internal sealed record SchemaIdCacheEntry(string Registry, string Subject, string Sha256, int Id);
