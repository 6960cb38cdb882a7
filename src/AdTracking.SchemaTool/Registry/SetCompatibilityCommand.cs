using System.CommandLine;
using AdTracking.Avro.Compatibility;
using AdTracking.SchemaRegistry;
using AdTracking.SchemaTool.Commands;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Registry;

/// <summary><c>set-compatibility</c>: the level of subjects, or of the registry.</summary>
internal static class SetCompatibilityCommand
{
    /// <summary>Instead of a level: a subject gives its own up and has the registry's.</summary>
    private const string Inherit = "GLOBAL";

    /// <summary>The command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var settings = new RegistrySettings();
        var subjects = new Option<string[]>("--subject")
        {
            Description = $"NAME=LEVEL: {string.Join(", ", Enum.GetValues<CompatibilityLevel>().Select(CompatibilityLevels.NameOf))}; or NAME={Inherit}.",
            AllowMultipleArgumentsPerToken = true,
        };
        var global = new Option<string?>("--level") { Description = "The level of all subjects that have none of their own." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change, and changes nothing." };
        var command = new Command("set-compatibility", "Sets the compatibility level of subjects, or of the whole registry.") { subjects, global, dryRun };
        command.Validators.Add(result =>
        {
            string[] wanted = [.. result.GetValue(subjects) ?? [], .. result.GetValue(global) is { } level ? (string[])[$"={level}"] : []];
            if (wanted.Length == 0)
            {
                result.AddError("Say --subject NAME=LEVEL, or --level LEVEL.");
            }

            foreach (var odd in wanted.Where(static text => !IsUsable(text)))
            {
                result.AddError($"'{odd.TrimStart('=')}' has no level: " + subjects.Description);
            }
        });
        RegistryVerb.SetAction(command, settings, error, async (parsed, registry, cancellation) =>
        {
            if (parsed.GetValue(global) is { } level)
            {
                await SetAsync(registry, null, level, parsed.GetValue(dryRun), settings.IsJson(parsed), output, cancellation);
            }

            foreach (var parts in (parsed.GetValue(subjects) ?? []).Select(static text => text.Split('=', 2)))
            {
                await SetAsync(registry, parts[0], parts[1], parsed.GetValue(dryRun), settings.IsJson(parsed), output, cancellation);
            }

            return ToolExitCode.Ok;
        });
        return command;
    }

    private static bool IsUsable(string text)
    {
        var parts = text.Split('=', 2);
        return parts.Length == 2 && (CompatibilityLevels.TryParse(parts[1], out _) || (parts[1] == Inherit && parts[0].Length > 0));
    }

    private static async Task SetAsync(
        SchemaRegistryClient registry, string? subject, string wanted, bool dryRun, bool json, TextWriter output, CancellationToken cancellation)
    {
        var before = await registry.GetCompatibilityAsync(subject, cancellation);
        CompatibilityLevel? after = CompatibilityLevels.TryParse(wanted, out var level) ? level : null;
        if (!dryRun && before != after)
        {
            if (after is { } set)
            {
                await registry.SetCompatibilityAsync(subject, set, cancellation);
            }
            else
            {
                await registry.DeleteCompatibilityAsync(subject!, cancellation);
            }
        }

        var change = before == after ? $"is {Name(after)} already" : $"{Name(before)} -> {Name(after)}";
        new VerbReport(subject, before == after ? "unchanged" : "set", $"{subject ?? "the registry"}: {change}")
        {
            Level = Name(after),
            DryRun = dryRun ? true : null,
        }.WriteTo(output, json);
    }

    private static string Name(CompatibilityLevel? level) => level is { } own ? CompatibilityLevels.NameOf(own) : Inherit;
}
