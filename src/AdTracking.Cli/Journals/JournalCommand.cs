using System.CommandLine;
using AdTracking.Cli.CommandLine;
using AdTracking.Emitter.Inspection;
using AdTracking.Queue.Journal;

namespace AdTracking.Cli.Journals;

/// <summary><c>adtracking journal</c>.</summary>
internal static class JournalCommand
{
    /// <summary>The verb with its one sub-verb.</summary>
    public static Command Create() => new("journal", "Looks at a gateway's journal") { CreateInspect() };

    private static Command CreateInspect()
    {
        var directory = new Argument<string>("DIR")
        {
            Description = "The journal's directory, or the data directory that it is in",
        };
        var json = new Option<bool>("--json") { Description = "One JSON document instead of lines for people" };
        var brief = new Option<bool>("--brief") { Description = "Segments, damage and sums only, not each batch and note" };
        var quick = new Option<bool>("--quick") { Description = "Reads headers only and does not check the groups' checksums" };
        var command = new Command(
            "inspect",
            "Shows segments, batches, marks, notes, damage and ages. Opens files for reading only and takes no lock, so it can be used while a "
            + "gateway runs. Exit code 0: sound; 2: damage was found; 74: it cannot be read, or a newer version wrote it")
        {
            directory, json, brief, quick,
        };
        command.SetAction((result, cancellation) =>
        {
            var options = new InspectOptions(
                result.GetRequiredValue(directory), result.GetValue(json), result.GetValue(brief), CheckGroups: !result.GetValue(quick));
            return InspectAsync(options, cancellation);
        });
        return command;
    }

    private static async Task<int> InspectAsync(InspectOptions options, CancellationToken cancellation)
    {
        var directory = DirectoryOf(options.Directory);
        try
        {
            using var inspection = JournalInspection.Open(directory);
            await using var output = Console.OpenStandardOutput();
            await using IInspectionWriter writer = options.IsJson ? new InspectionJson(output) : new InspectionText(output);
            writer.Begin(directory);
            await foreach (var segment in inspection.ReadSegmentsAsync(options.CheckGroups, cancellation))
            {
                writer.Write(segment, options.IsBrief);
            }

            writer.End(inspection);
            if (inspection.HasNewerFormat)
            {
                await Console.Error.WriteLineAsync("A newer version of this program wrote a part of the journal: use that version to inspect it.");
                return ExitCodes.Unusable;
            }

            return inspection.Totals.Damage > 0 || inspection.Totals.MissingEvents > 0 ? ExitCodes.Damaged : ExitCodes.Done;
        }
        catch (JournalException problem)
        {
            await Console.Error.WriteLineAsync($"{directory}: {problem.Message}");
            return ExitCodes.Unusable;
        }
    }

    private static string DirectoryOf(string given)
    {
        var inside = Path.Combine(given, "journal");
        return Directory.Exists(inside) ? inside : given;
    }
}
