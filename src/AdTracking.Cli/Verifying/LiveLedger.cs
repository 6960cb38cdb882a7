using System.Net.Http.Json;
using System.Text.Json;
using AdTracking.Cli.CommandLine;
using AdTracking.Events;

namespace AdTracking.Cli.Verifying;

/// <summary>The ledger of a gateway that runs, from its admin port: also what it has not published yet.</summary>
/// <param name="EdgeId">The gateway.</param>
/// <param name="InstanceId">Its run.</param>
/// <param name="Minutes">Its minutes, of those that were asked for.</param>
internal sealed record LiveLedger(string EdgeId, string InstanceId, IReadOnlyList<LiveLedger.Counted> Minutes)
{
    /// <summary>More than the gateway keeps is not asked for: 48 hours.</summary>
    private const int MinutesMax = 2_880;

    /// <summary>The cells as entries: open, because what waits and what comes in still changes them.</summary>
    /// <param name="askedAt">When they were asked for.</param>
    public IEnumerable<LedgerEntry> Entries(DateTimeOffset askedAt) =>
        Minutes.SelectMany(minute => minute.Cells.Where(IsOfAClass).Select(cell => new LedgerEntry
        {
            MinuteTs = minute.Minute,
            EdgeId = EdgeId,
            InstanceId = InstanceId,
            EventClass = Enum.Parse<LedgerClass>(cell.Class, ignoreCase: true),
            PublisherBucket = cell.Bucket,
            Revision = int.MaxValue,
            State = LedgerState.Open,
            WrittenTs = askedAt,
            Received = cell.Received,
            Accepted = cell.Accepted,
            Recovered = cell.Recovered,
            Delivered = cell.Delivered,
            StruckOut = cell.StruckOut,
            WaitingMemory = cell.WaitingMemory,
            WaitingJournal = cell.WaitingJournal,
            DeadLettered = cell.DeadLettered,
            Lost = cell.Lost,
            Rejected = cell.Rejected,
        }));

    /// <summary>Asks a gateway.</summary>
    /// <exception cref="UnavailableException">It does not answer.</exception>
    public static async Task<LiveLedger> AskAsync(HttpClient http, Uri admin, DateTimeOffset from, DateTimeOffset now, CancellationToken cancellation)
    {
        var minutes = Math.Clamp((long)Math.Ceiling((now - from).TotalMinutes) + 1, 1, MinutesMax);
        var address = new Uri(admin, $"/ledger?minutes={minutes}");
        try
        {
            return await http.GetFromJsonAsync<LiveLedger>(address, cancellation) ?? throw new UnavailableException($"{address} is empty.");
        }
        catch (Exception problem) when (IsNoAnswer(problem) && !cancellation.IsCancellationRequested)
        {
            throw new UnavailableException($"{address}: {problem.Message}", problem);
        }
    }

    private static bool IsNoAnswer(Exception problem) => problem is HttpRequestException or JsonException or OperationCanceledException;

    private static bool IsOfAClass(Cell cell) => Enum.TryParse<LedgerClass>(cell.Class, ignoreCase: true, out _);

    /// <summary>One minute.</summary>
    /// <param name="Minute">Its start.</param>
    /// <param name="Cells">What was counted in it.</param>
    internal sealed record Counted(DateTimeOffset Minute, IReadOnlyList<Cell> Cells);

    /// <summary>One class and bucket of a minute, with the ledger's columns.</summary>
    internal sealed record Cell(string Class, string Bucket)
    {
        public long Received { get; init; }

        public long Accepted { get; init; }

        public long Recovered { get; init; }

        public long Delivered { get; init; }

        public long StruckOut { get; init; }

        public long WaitingMemory { get; init; }

        public long WaitingJournal { get; init; }

        public long DeadLettered { get; init; }

        public Dictionary<string, long> Lost { get; init; } = [];

        public Dictionary<string, long> Rejected { get; init; } = [];
    }
}
