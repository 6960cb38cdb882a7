using AdTracking.Emitter;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Accounting;

/// <summary>Makes the records of <c>ad.audit</c> from the ledger's cells.</summary>
internal sealed class LedgerEntries(string edgeId, LedgerRun run)
{
    /// <summary>Whether a cell is published: events and refused events. The ledger's own entries are not, they would count themselves.</summary>
    public static bool IsPublished(LedgerCell cell) => cell.Minute >= 0 && IsAccounted(cell);

    /// <summary>The same, also for sums over minutes.</summary>
    public static bool IsAccounted(LedgerCell cell) => cell.Topic is not (EventTopic.Audit or EventTopic.Overflow);

    /// <summary>The entry of a cell as it stands.</summary>
    public LedgerEntry Of(LedgerCell cell, LedgerState state, int revision, DateTimeOffset now)
    {
        var journal = cell[LedgerColumn.WaitingJournal];
        return Of(cell, state, revision, now, waitingMemory: cell.Waiting - journal, waitingJournal: journal, leftAtEnd: 0);
    }

    /// <summary>The final entry of a cell at the run's end: what still waits is in the journal, or, without one, lost with the memory.</summary>
    public LedgerEntry Last(LedgerCell cell, bool journals, int revision, DateTimeOffset now) => Of(
        cell, LedgerState.Closed, revision, now, waitingMemory: 0, waitingJournal: journals ? cell.Waiting : 0, leftAtEnd: journals ? 0 : cell.Waiting);

    /// <summary>Says of a minute that the run did not come to its end: the run's other entries of that minute are what is known.</summary>
    public LedgerEntry Cut(LedgerRun cut, int minute, DateTimeOffset now) => new()
    {
        MinuteTs = Time(minute),
        EdgeId = edgeId,
        InstanceId = cut.InstanceId,
        EventClass = LedgerClass.Unknown,
        PublisherBucket = "",
        Revision = 1,
        State = LedgerState.Cut,
        WrittenTs = now,
        BootId = cut.BootId.Length == 0 ? null : cut.BootId,
    };

    /// <summary>The class as entries name it.</summary>
    public static LedgerClass ClassOf(EventTopic topic) => topic switch
    {
        EventTopic.Impression => LedgerClass.Impression,
        EventTopic.Click => LedgerClass.Click,
        EventTopic.Engagement => LedgerClass.Engagement,
        EventTopic.Bad => LedgerClass.Bad,
        _ => LedgerClass.Unknown,
    };

    /// <summary>What was rejected, by code.</summary>
    public static Dictionary<string, long> Rejected(LedgerCell cell)
    {
        var rejected = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in FaultCodes.All)
        {
            if (cell.RejectedWith(row.Code) is var count and not 0)
            {
                rejected[row.Tag] = count;
            }
        }

        return rejected;
    }

    /// <summary>What was lost, by reason.</summary>
    public static Dictionary<string, long> Lost(LedgerCell cell)
    {
        var lost = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var reason in EventOutcomes.Lost)
        {
            if (cell[reason] is var count and not 0)
            {
                lost[reason.Tag()] = count;
            }
        }

        return lost;
    }

    private static DateTimeOffset Time(int minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60L);

    private LedgerEntry Of(
        LedgerCell cell, LedgerState state, int revision, DateTimeOffset now, long waitingMemory, long waitingJournal, long leftAtEnd)
    {
        var lost = Lost(cell);
        if (leftAtEnd > 0)
        {
            lost[EventOutcome.LeftAtEnd.Tag()] = lost.GetValueOrDefault(EventOutcome.LeftAtEnd.Tag()) + leftAtEnd;
        }

        return new LedgerEntry
        {
            MinuteTs = Time(cell.Minute),
            EdgeId = edgeId,
            InstanceId = run.InstanceId,
            EventClass = ClassOf(cell.Topic),
            PublisherBucket = PublisherBuckets.Tag(cell.Bucket),
            Revision = revision,
            State = state,
            WrittenTs = now,
            BootId = run.BootId.Length == 0 ? null : run.BootId,
            Received = cell[LedgerColumn.Received],
            Accepted = cell[LedgerColumn.Accepted],
            Recovered = cell[LedgerColumn.Recovered],
            Delivered = cell[EventOutcome.Delivered],
            StruckOut = cell[LedgerColumn.StruckOut],
            WaitingMemory = waitingMemory,
            WaitingJournal = waitingJournal,
            DeadLettered = cell[EventOutcome.DeadLettered],
            Rejected = Rejected(cell),
            Lost = lost,
            AcceptedSum = cell[LedgerColumn.AcceptedSum],
        };
    }
}
