using AdTracking.Avro.Compatibility;
using AdTracking.SchemaRegistry;

namespace AdTracking.SchemaTool.Registry;

/// <summary>The versions of a subject in a registry.</summary>
internal static class SubjectVersions
{
    /// <summary>All of them, or the latest; none where there is no such subject.</summary>
    public static async Task<IReadOnlyList<ReleasedSchema>> ReadAsync(
        SchemaRegistryClient registry, string subject, bool latestOnly, CancellationToken cancellation)
    {
        var numbers = await registry.GetVersionsAsync(subject, cancellation);
        var versions = new List<ReleasedSchema>();
        foreach (var number in latestOnly ? numbers.TakeLast(1) : numbers)
        {
            if (await registry.GetVersionAsync(subject, number, cancellation) is not { } found)
            {
                continue;
            }

            var schema = new SubmittedSchema(found.Schema) { References = found.References };
            versions.Add(new ReleasedSchema(number, (await RegistrySchemas.ParseAsync(registry, schema, cancellation)).Required()));
        }

        return versions;
    }
}
