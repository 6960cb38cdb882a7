using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Schemas;

/// <summary>What an attempt to find schema ids came to.</summary>
/// <param name="Ids">The ids that are known.</param>
/// <param name="Problems">Why others are not; they will be tried again.</param>
internal sealed record SchemaIdLookup(SchemaIdTable Ids, IReadOnlyList<string> Problems);
