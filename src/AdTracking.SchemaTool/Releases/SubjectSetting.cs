using AdTracking.Avro.Compatibility;

namespace AdTracking.SchemaTool.Releases;

/// <summary>What <c>subjects.json</c> says about a subject.</summary>
/// <param name="Name">The subject, as the registry has it: <c>ad.click-value</c>.</param>
/// <param name="Schema">Full name of the type that it holds, or null for the subject's own name.</param>
/// <param name="Level">Its level, or null for the level of all.</param>
internal sealed record SubjectSetting(string Name, string? Schema, CompatibilityLevel? Level);
