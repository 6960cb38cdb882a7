using System.CommandLine;
using System.Text.RegularExpressions;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Commands;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary><c>download</c>: schemas of a registry as files.</summary>
internal static class DownloadCommand
{
    // Patterns come from the command line; one that takes long is a mistake.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var settings = new RegistrySettings();
        var patterns = new Option<string[]>("--subject")
        {
            Description = "Regular expressions that a subject's whole name has to match, one of them; default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var excludes = new Option<string[]>("--exclude")
        {
            Description = "Regular expressions of subjects that are left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        var versions = new Option<string>("--versions")
        {
            Description = "latest, all, or a number.",
            DefaultValueFactory = static _ => "latest",
        };
        var directory = new Option<DirectoryInfo>("--output") { Description = "Directory of the files.", Required = true };
        var pretty = new Option<bool>("--pretty") { Description = "Indented." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would be written, and writes nothing." };
        var released = new Option<bool>("--released")
        {
            Description = "Writes <subject>/v<N>.avsc, as released schemas are kept, instead of <subject>.avsc or <subject>-<N>.avsc.",
        };
        var command = new Command("download", "Writes schemas of a registry to files.") { patterns, excludes, versions, directory, released, pretty, dryRun };
        command.Validators.Add(result =>
        {
            if (result.GetValue(versions) is { } wanted && !DownloadSelection.IsVersions(wanted))
            {
                result.AddError("--versions is latest, all, or a number from 1.");
            }

            foreach (var odd in (string[])[.. result.GetValue(patterns) ?? [], .. result.GetValue(excludes) ?? []])
            {
                AddPatternError(odd, result.AddError);
            }
        });
        RegistryVerb.SetAction(command, settings, error, async (parsed, registry, cancellation) =>
        {
            var wish = new DownloadSelection(
                Expressions(parsed.GetValue(patterns)),
                Expressions(parsed.GetValue(excludes)),
                parsed.GetValue(versions)!,
                parsed.GetValue(directory)!.ToString(),
                parsed.GetValue(released),
                parsed.GetValue(pretty),
                parsed.GetValue(dryRun));
            return await RunAsync(registry, wish, report => report.WriteTo(output, settings.IsJson(parsed)), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SchemaRegistryClient registry, DownloadSelection wish, Action<VerbReport> report, CancellationToken cancellation)
    {
        var any = false;
        foreach (var subject in (await registry.GetSubjectsAsync(cancellation)).Where(wish.Wants).Order(StringComparer.Ordinal))
        {
            var numbers = await registry.GetVersionsAsync(subject, cancellation);
            foreach (var number in wish.VersionsOf(numbers))
            {
                if (await registry.GetVersionAsync(subject, number, cancellation) is not { } found)
                {
                    continue;
                }

                report(wish.Write(found));
                any = true;
            }
        }

        if (!any)
        {
            report(new VerbReport(null, "nothing", "No subject of the registry is meant."));
        }

        return any ? ToolExitCode.Ok : ToolExitCode.Problem;
    }

    private static Regex[] Expressions(string[]? patterns) =>
        [.. (patterns ?? []).Select(static pattern => new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternTimeout))];

    private static void AddPatternError(string pattern, Action<string> add)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, PatternTimeout);
        }
        catch (ArgumentException fault)
        {
            add($"'{pattern}' is no regular expression: {fault.Message}");
        }
    }
}
