using AdTracking.Avro;
using AdTracking.Avro.Registry;

namespace AdTracking.SchemaTool;

/// <summary>A schema for a subject of a registry.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Path">The file.</param>
/// <param name="Submitted">What the registry gets.</param>
internal sealed record SubjectText(string Name, string Path, SubmittedSchema Submitted)
{
    /// <summary>The schema with its places; types that it refers to are looked up in the registry.</summary>
    public async Task<AvroSchema> ParseAsync(SchemaRegistryClient registry, CancellationToken cancellation) =>
        (await RegistrySchemas.ParseAsync(registry, Submitted, cancellation)).Required();

    /// <summary>A problem with the file.</summary>
    public Problem At(SchemaPlace place, CompatibilityRule rule, string message, bool isWarning) =>
        new(Path, place.Line, place.Column, RuleCode.Of(rule), $"{Name}: {message}", isWarning);

    /// <summary>The subject of <c>NAME=FILE</c>.</summary>
    public static SubjectText Of(string assignment, IEnumerable<string> references, bool normalize)
    {
        string[] parts = assignment.Split('=', 2);
        string text = SchemaFileText.Normalised(File.ReadAllBytes(parts[1]));
        return new SubjectText(parts[0], parts[1], new SubmittedSchema(text)
        {
            References = [.. references.Where(reference => reference.StartsWith(parts[0] + ":", StringComparison.Ordinal))
                .Select(reference => ReferenceText.Parse(reference[(parts[0].Length + 1)..]))],
            IsNormalized = normalize,
        });
    }
}
