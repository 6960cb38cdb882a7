using System.Text.Json;

namespace AdTracking.Cli.Verifying;

/// <summary>What a comparison came to, for people and for machines.</summary>
internal sealed class VerifyReport(VerifyOptions options, Account account, List<CellVerdict> verdicts, long unreadable)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly string[] Classes = ["impression", "click", "engagement", "bad"];

    /// <summary>Whether ledger and topics agree.</summary>
    public bool IsEqual => unreadable == 0 && verdicts.TrueForAll(verdict => verdict.IsEqual);

    /// <summary>Writes it as the options ask.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        if (options.IsJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(Document(), Json));
            return;
        }

        await output.WriteLineAsync($"{options.From:u} to {options.To:u}, {verdicts.Count} cells, {account.CutMinutes} minutes cut by a crash");
        foreach (var line in Coverage())
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync(
            $"{"",-11}{"accepted",12}{"recovered",12}{"delivered",12}{"waiting",10}{"dead",8}{"lost",8}"
            + $"{"in Kafka",12}{"missing",9}{"extra",8}{"doubled",9}{"changed",9}");
        foreach (var sum in Classes.Select(SumOf))
        {
            await output.WriteLineAsync(
                $"{sum.Class,-11}{sum.Accepted,12}{sum.Recovered,12}{sum.Delivered,12}{sum.Waiting,10}{sum.DeadLettered,8}{sum.Lost,8}"
                + $"{sum.InKafka,12}{sum.Missing,9}{sum.Extra,8}{sum.Doubled,9}{sum.ChangedCells,9}");
        }

        foreach (var wrong in verdicts.Where(verdict => !verdict.IsEqual))
        {
            await output.WriteLineAsync(Line(wrong));
        }

        if (unreadable > 0)
        {
            await output.WriteLineAsync($"{unreadable} records cannot be read with the registry's schemas");
        }

        await output.WriteLineAsync(IsEqual ? Unjudged == 0 ? "equal" : "equal, as far as the ledger says" : "NOT EQUAL");
    }

    private long Unjudged => verdicts.Where(verdict => verdict.Kind == CellKind.Unpublished).Sum(verdict => verdict.Found);

    // Up to when the ledger says something, and who was asked for the rest.
    private IEnumerable<string> Coverage()
    {
        var isAnything = false;
        foreach (var (edge, to) in account.PublishedTo)
        {
            isAnything = true;
            yield return $"the ledger of {edge} is published up to {to:u}";
        }

        if (!isAnything)
        {
            yield return "no ledger is published for this time yet; a gateway publishes once per minute";
        }

        if (account.AskedEdge is { } asked)
        {
            yield return $"the running gateway {asked} was asked for the rest";
        }

        if (Unjudged > 0)
        {
            yield return $"{Unjudged} records are later than their ledger and were not judged: verify again in two minutes, or give --data of the gateway";
        }
    }

    private static string Line(CellVerdict verdict)
    {
        var (edge, minute, of, bucket) = verdict.Key;
        var what = string.Join(", ", new[]
        {
            verdict.Missing > 0 ? $"{verdict.Missing} missing" : null,
            verdict.Extra > 0 ? $"{verdict.Extra} extra" : null,
            verdict.Doubled > 0 ? $"{verdict.Doubled} doubled" : null,
            verdict.IsChanged ? "contents changed" : null,
            verdict.Unbalanced > 0 ? "the entry does not add up" : null,
        }.Where(part => part is not null));
        return $"{Time(minute):u} {edge} {of} {bucket}: {what} (by the ledger {verdict.Expected}, {Kind(verdict)}; in Kafka {verdict.Found})";
    }

    private static string Kind(CellVerdict verdict) => verdict.Kind.ToString().ToLowerInvariant();

    private static DateTimeOffset Time(int minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60L);

    private VerifySum SumOf(string of)
    {
        var accounts = account.Cells.Where(cell => cell.Key.Class == of).Select(cell => cell.Value).ToList();
        var cells = verdicts.Where(verdict => verdict.Key.Class == of).ToList();
        return new VerifySum(of)
        {
            Accepted = accounts.Sum(cell => cell.Accepted),
            Recovered = accounts.Sum(cell => cell.Recovered),
            Delivered = accounts.Sum(cell => cell.Delivered),
            StruckOut = accounts.Sum(cell => cell.StruckOut),
            Waiting = accounts.Sum(cell => cell.Waiting),
            DeadLettered = accounts.Sum(cell => cell.DeadLettered),
            Lost = accounts.Sum(cell => cell.Lost),
            Rejected = accounts.Sum(cell => cell.Rejected),
            InKafka = cells.Sum(cell => cell.Found),
            Missing = cells.Sum(cell => cell.Missing),
            Extra = cells.Sum(cell => cell.Extra),
            Doubled = cells.Sum(cell => cell.Doubled),
            ChangedCells = cells.Count(cell => cell.IsChanged),
        };
    }

    private object Document() => new
    {
        equal = IsEqual,
        from = options.From,
        to = options.To,
        cells = verdicts.Count,
        openCells = verdicts.Count(verdict => verdict.Kind == CellKind.Open),
        cutCells = verdicts.Count(verdict => verdict.Kind == CellKind.Cut),
        cutMinutes = account.CutMinutes,
        publishedTo = account.PublishedTo.ToDictionary(one => one.Edge, one => one.To),
        asked = account.AskedEdge,
        notJudged = Unjudged,
        unreadable,
        sums = Classes.Select(SumOf),
        different = verdicts.Where(verdict => !verdict.IsEqual).Select(verdict => new
        {
            edge = verdict.Key.Edge,
            minute = Time(verdict.Key.Minute),
            @class = verdict.Key.Class,
            bucket = verdict.Key.Bucket,
            kind = Kind(verdict),
            expected = verdict.Expected,
            found = verdict.Found,
            missing = verdict.Missing,
            extra = verdict.Extra,
            doubled = verdict.Doubled,
            changed = verdict.IsChanged,
            unbalanced = verdict.Unbalanced,
        }),
    };
}
