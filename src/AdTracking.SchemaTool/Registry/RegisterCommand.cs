using System.CommandLine;
using System.Net;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Commands;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary><c>register</c>: brings schemas to a registry, unless they are there; all of them, or those that it takes.</summary>
internal static class RegisterCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var subjects = new SubjectOptions();
        var settings = new RegistrySettings();
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change, and changes nothing." };
        var command = new Command("register", "Registers schemas under their subjects.");
        subjects.AddTo(command);
        command.Options.Add(dryRun);
        RegistryVerb.SetAction(command, settings, error, async (parsed, registry, cancellation) =>
        {
            if (subjects.Read(parsed, output, settings.IsJson(parsed)) is not { } texts)
            {
                return ToolExitCode.Problem;
            }

            var allDone = true;
            foreach (var subject in texts)
            {
                var report = await RunAsync(registry, subject, parsed.GetValue(dryRun), cancellation);
                report.WriteTo(output, settings.IsJson(parsed));
                allDone &= !report.IsRefusal;
            }

            return allDone ? ToolExitCode.Ok : ToolExitCode.Problem;
        });
        return command;
    }

    private static async Task<VerbReport> RunAsync(SchemaRegistryClient registry, SubjectText subject, bool dryRun, CancellationToken cancellation)
    {
        try
        {
            var report = await FindAsync(registry, subject, cancellation)
                ?? (dryRun ? await TryOutAsync(registry, subject, cancellation) : await RegisterAsync(registry, subject, cancellation));
            return report with { DryRun = dryRun ? true : null };
        }
        catch (SchemaRegistryException refusal) when (
            !refusal.IsTransient && refusal.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity)
        {
            var verdict = await TestCommand.AskAsync(registry, subject, latestOnly: false, cancellation);
            var refused = new ReportedProblem(subject.Path, 1, 1, ProblemCode.RegistryRefuses, $"{subject.Name}: {refusal.Message}");
            return verdict with
            {
                Action = "refused",
                Text = dryRun ? $"{subject.Name}: would be refused" : $"{subject.Name}: refused",
                DryRun = dryRun ? true : null,
                Problems = verdict.IsRefusal ? verdict.Problems : [.. verdict.Problems ?? [], refused],
            };
        }
    }

    private static async Task<VerbReport> RegisterAsync(SchemaRegistryClient registry, SubjectText subject, CancellationToken cancellation)
    {
        var id = await registry.RegisterAsync(subject.Name, subject.Submitted, cancellation);
        var version = (await registry.LookUpAsync(subject.Name, subject.Submitted, cancellation))?.Version;
        return new VerbReport(subject.Name, "registered", $"{subject.Name}: registered as version {version}, id {id}")
        {
            Id = id,
            Version = version,
            File = subject.Path,
        };
    }

    private static async Task<VerbReport> TryOutAsync(SchemaRegistryClient registry, SubjectText subject, CancellationToken cancellation)
    {
        var verdict = await TestCommand.AskAsync(registry, subject, latestOnly: false, cancellation);
        if (verdict.IsRefusal)
        {
            return verdict with { Action = "refused", Text = $"{subject.Name}: would be refused" };
        }

        var versions = await registry.GetVersionsAsync(subject.Name, cancellation);
        var next = versions.Count == 0 ? 1 : versions[^1] + 1;
        return verdict with { Action = "registered", Text = $"{subject.Name}: would become version {next}", Version = next };
    }

    private static async Task<VerbReport?> FindAsync(SchemaRegistryClient registry, SubjectText subject, CancellationToken cancellation) =>
        await registry.LookUpAsync(subject.Name, subject.Submitted, cancellation) is not { } found
            ? null
            : new VerbReport(subject.Name, "unchanged", $"{subject.Name}: is version {found.Version} already, id {found.Id}")
            {
                Id = found.Id,
                Version = found.Version,
                File = subject.Path,
            };
}
