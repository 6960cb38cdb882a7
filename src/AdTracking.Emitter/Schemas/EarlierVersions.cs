using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Parsing;
using AdTracking.SchemaRegistry;

namespace AdTracking.Emitter.Schemas;

/// <summary>Judges a schema by the versions that stand before it under its subject. The registry does so when a schema is registered,
/// unless somebody has turned that off; a gateway that would then write what readers cannot read does not start. Later versions are not
/// looked at: a mistake in the registry must not keep the gateways from starting that have been right all along.</summary>
internal static class EarlierVersions
{
    // Each is a request at the start. Readers of older data than that are served by the archive.
    private const int VersionsMax = 20;

    /// <summary>What breaks a reader of an earlier version, as a sentence; null where nothing does.</summary>
    public static async Task<string?> ProblemAsync(SchemaRegistryClient registry, RegisteredSchema own, CancellationToken cancellation)
    {
        if (SchemaParser.Parse(own.Schema).Schema is not { } schema)
        {
            return null;
        }

        var versions = await registry.GetVersionsAsync(own.Subject, cancellation);
        var earlier = new List<ReleasedSchema>();
        foreach (var version in versions.Where(version => version < own.Version).OrderDescending().Take(VersionsMax))
        {
            // One that is gone or cannot be read here says nothing.
            if (await registry.GetVersionAsync(own.Subject, version, cancellation) is not { } found)
            {
                continue;
            }

            var submitted = new SubmittedSchema(found.Schema) { References = found.References };
            if ((await RegistrySchemas.ParseAsync(registry, submitted, cancellation)).Schema is { } parsed)
            {
                earlier.Add(new ReleasedSchema(version, parsed));
            }
        }

        var problem = SchemaEvolution.Check(schema, earlier, CompatibilityLevel.FullTransitive)
            .FirstOrDefault(static found => !found.IsWarning);
        return problem is null ? null : $"Version {own.Version} of {own.Subject} breaks readers of version {problem.Version}: {problem}";
    }
}
