using System.CommandLine;
using System.Net;
using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Commands;
using AdTracking.SchemaTool.Releases;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary><c>test</c>: would the registry take these schemas? Its verdict counts; the reasons are told by our own judgement, which knows
/// the lines, and in the registry's words where it knows one that we do not.</summary>
internal static class TestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var subjects = new SubjectOptions();
        var settings = new RegistrySettings();
        var latest = new Option<bool>("--latest") { Description = "Compares with the latest version only, whatever the level." };
        var command = new Command("test", "Asks a registry whether it would take schemas, and says why not.");
        subjects.AddTo(command);
        command.Options.Add(latest);
        RegistryVerb.SetAction(command, settings, error, async (parsed, registry, cancellation) =>
        {
            if (subjects.Read(parsed, output, settings.IsJson(parsed)) is not { } texts)
            {
                return ToolExitCode.Problem;
            }

            var allCompatible = true;
            foreach (var subject in texts)
            {
                var report = await AskAsync(registry, subject, parsed.GetValue(latest), cancellation);
                report.WriteTo(output, settings.IsJson(parsed));
                allCompatible &= !report.IsRefusal;
            }

            return allCompatible ? ToolExitCode.Ok : ToolExitCode.Problem;
        });
        return command;
    }

    /// <summary>The verdict about one subject.</summary>
    public static async Task<VerbReport> AskAsync(
        SchemaRegistryClient registry, SubjectText subject, bool latestOnly, CancellationToken cancellation)
    {
        (var schema, var problems) = await subject.ParseAsync(registry, cancellation);
        // No schema: a reference that the registry does not have. Asked about a new subject, some registries do not say so.
        if (schema is not null)
        {
            var verdict = await VerdictAsync(registry, subject, latestOnly, cancellation);
            if (verdict is not { IsCompatible: true })
            {
                problems = await ReasonsAsync(registry, subject, schema, verdict, latestOnly, cancellation);
            }
        }

        var action = problems.All(static problem => problem.IsWarning) ? "compatible" : "incompatible";
        return new VerbReport(subject.Name, action, $"{subject.Name}: {action}")
        {
            File = subject.Path,
            Problems = problems.Count == 0 ? null : problems,
        };
    }

    // Apicurio's registry registers schemas with references, but does not judge them: null, and our own judgement counts.
    private static async Task<CompatibilityVerdict?> VerdictAsync(
        SchemaRegistryClient registry, SubjectText subject, bool latestOnly, CancellationToken cancellation)
    {
        try
        {
            return await registry.CheckCompatibilityAsync(subject.Name, subject.Submitted, !latestOnly, cancellation);
        }
        catch (SchemaRegistryException refusal) when (!refusal.IsTransient && refusal.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            return subject.Submitted.References.Count > 0 ? null : new CompatibilityVerdict(false, [refusal.Message]);
        }
    }

    // Apicurio says NONE of a subject that has no level of its own, and judges by the global one.
    private static async Task<CompatibilityLevel> LevelAsync(SchemaRegistryClient registry, string subject, CancellationToken cancellation)
    {
        var own = await registry.GetCompatibilityAsync(subject, cancellation);
        return own is null or CompatibilityLevel.None
            ? await registry.GetCompatibilityAsync(null, cancellation) ?? CompatibilityLevel.Backward
            : own.Value;
    }

    private static async Task<IReadOnlyList<ReportedProblem>> ReasonsAsync(
        SchemaRegistryClient registry,
        SubjectText subject,
        AvroSchema schema,
        CompatibilityVerdict? verdict,
        bool latestOnly,
        CancellationToken cancellation)
    {
        var level = await LevelAsync(registry, subject.Name, cancellation);
        var versions = await SubjectVersions.ReadAsync(registry, subject.Name, latestOnly, cancellation);
        ReportedProblem[] ours =
        [
            .. SchemaEvolution.Check(schema, versions, level)
                .DistinctBy(problem => (problem.Problem.Rule, problem.Direction, problem.New.Pointer, problem.Problem.Detail))
                .Select(problem => ReleaseCheck.Of(problem, subject.Name, level, subject.FileOf(problem.New))),
        ];
        if (verdict is null || Array.Exists(ours, static problem => !problem.IsWarning))
        {
            return ours;
        }

        var theirs = verdict.Messages.DefaultIfEmpty("the registry gives no reason");
        return [.. ours, .. theirs.Select(message => new ReportedProblem(subject.Path, 1, 1, ProblemCode.RegistryRefuses, $"{subject.Name}: {message}"))];
    }
}
