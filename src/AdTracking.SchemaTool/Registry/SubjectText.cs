using System.Text;
using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Releases;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary>A schema for a subject of a registry.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Path">The file.</param>
/// <param name="Submitted">What the registry gets.</param>
internal sealed record SubjectText(string Name, string Path, SubmittedSchema Submitted)
{
    /// <summary>The schema as it was read among others whose types it names; null where the registry knows these.</summary>
    private AvroSchema? Schema { get; init; }

    /// <summary>The files of its places, where there are several.</summary>
    private PlacesOfTypes? Places { get; init; }

    /// <summary>The schema with its places, or what makes it none; types that it refers to are looked up in the registry.</summary>
    public async Task<(AvroSchema? Schema, IReadOnlyList<ReportedProblem> Problems)> ParseAsync(SchemaRegistryClient registry, CancellationToken cancellation)
    {
        if (Schema is not null)
        {
            return (Schema, []);
        }

        var parsed = await RegistrySchemas.ParseAsync(registry, Submitted, cancellation);
        return (parsed.Schema, [.. Problems(parsed)]);
    }

    /// <summary>The file of a place.</summary>
    public string FileOf(SchemaPlace place) => Places?.FileOf(place.Line, place.Column) ?? Path;

    /// <summary>What makes the text no schema; types that references stand for are the registry's business.</summary>
    public IEnumerable<ReportedProblem> Problems() =>
        Problems(SchemaParser.Parse(Encoding.UTF8.GetBytes(Submitted.Text)))
            .Where(problem => problem.Code != (int)SchemaProblemCode.UnknownType || Submitted.References.Count == 0);

    /// <summary>A subject of released schemas.</summary>
    public static SubjectText Of(Subject subject, SchemaFolder folder, bool normalize) =>
        new(subject.Name, subject.File.Path, new SubmittedSchema(subject.File.Text) { IsNormalized = normalize })
        {
            Schema = subject.File.Schema,
            Places = new PlacesOfTypes(subject.File, folder),
        };

    /// <summary>The subject of <c>NAME=FILE</c>.</summary>
    public static SubjectText Of(string assignment, IEnumerable<string> references, bool normalize)
    {
        var parts = assignment.Split('=', 2);
        var text = SchemaFileText.Normalised(File.ReadAllBytes(parts[1]));
        return new SubjectText(parts[0], parts[1], new SubmittedSchema(text)
        {
            References = [.. references.Where(reference => reference.StartsWith(parts[0] + ":", StringComparison.Ordinal))
                .Select(reference => ReferenceText.Parse(reference[(parts[0].Length + 1)..]))],
            IsNormalized = normalize,
        });
    }

    private IEnumerable<ReportedProblem> Problems(SchemaParseResult parsed) =>
        parsed.Problems.Where(static problem => !problem.IsWarning)
            .Select(problem => new ReportedProblem(Path, problem.Line, problem.Column, (int)problem.Code, $"{Name}: {problem.Message}"));
}
