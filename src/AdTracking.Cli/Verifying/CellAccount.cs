using AdTracking.Events;

namespace AdTracking.Cli.Verifying;

/// <summary>What the ledger says of one cell: the newest entry of every run that counted in it.</summary>
internal sealed class CellAccount
{
    /// <summary>An entry written so long after its minute has all that came in: no request counts later.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, LedgerEntry> _byRun = new(StringComparer.Ordinal);
    private long _acceptedSince;

    /// <summary>One entry a run.</summary>
    public IReadOnlyCollection<LedgerEntry> Entries => _byRun.Values;

    /// <summary>Events that entered a queue.</summary>
    public long Accepted => _byRun.Values.Sum(entry => entry.Accepted);

    /// <summary>The sum of what they are.</summary>
    public long AcceptedSum => _byRun.Values.Sum(entry => entry.AcceptedSum);

    /// <summary>Found in a journal by later runs.</summary>
    public long Recovered => _byRun.Values.Sum(entry => entry.Recovered);

    /// <summary>In Kafka by the account.</summary>
    public long Delivered => _byRun.Values.Sum(entry => entry.Delivered);

    /// <summary>Of these, found there.</summary>
    public long StruckOut => _byRun.Values.Sum(entry => entry.StruckOut);

    /// <summary>Refused by Kafka for good.</summary>
    public long DeadLettered => _byRun.Values.Sum(entry => entry.DeadLettered);

    /// <summary>Lost, for any reason.</summary>
    public long Lost => _byRun.Values.Sum(entry => entry.Lost.Values.Sum());

    /// <summary>Refused at the door.</summary>
    public long Rejected => _byRun.Values.Sum(entry => entry.Rejected.Values.Sum());

    /// <summary>What must be in Kafka in the end, once each, however many runs had to do with it.</summary>
    public long Due => Accepted - DeadLettered - Lost;

    /// <summary>What waits by the newest run: what a former one left is in its account.</summary>
    public long Waiting => Newest.WaitingMemory + Newest.WaitingJournal;

    /// <summary>Whether every run's entry is final, and nothing waits any more.</summary>
    public bool IsSettled => _byRun.Values.All(entry => entry.State == LedgerState.Closed) && Waiting == 0;

    /// <summary>Of the run that began last: their ids are in the order of time.</summary>
    private LedgerEntry Newest => _byRun.MaxBy(pair => pair.Key, StringComparer.Ordinal).Value;

    /// <summary>Whether all that came in is in the account, though not all that became of it.</summary>
    public bool IsIntakeComplete => IsIntakeCompleteBut(null);

    /// <summary>Entries whose own numbers do not add up.</summary>
    public int Unbalanced => _byRun.Values.Count(entry => !Balances(entry));

    /// <summary>What is certainly in Kafka while the end is not known. What a run found there is perhaps what a former one had delivered:
    /// of the two only one counts. What one run has delivered is there, each once.</summary>
    public long Least => Math.Max(Delivered - StruckOut, _byRun.Values.Max(entry => entry.Delivered));

    /// <summary>What can be in Kafka at most, where all that came in is known.</summary>
    public long Most => Accepted - DeadLettered + _acceptedSince;

    /// <summary>The same, without looking at one run.</summary>
    public bool IsIntakeCompleteBut(string? run) => _byRun.Values.All(entry => entry.InstanceId == run
        || entry.State == LedgerState.Closed || entry.WrittenTs - entry.MinuteTs >= TimeSpan.FromMinutes(1) + Late);

    /// <summary>Whether a run has counted here.</summary>
    public bool Has(string run) => _byRun.ContainsKey(run);

    /// <summary>Whether a run has said its last word here.</summary>
    public bool IsFinal(string run) => _byRun.TryGetValue(run, out var entry) && entry.State == LedgerState.Closed;

    /// <summary>Takes an entry in, where it is newer.</summary>
    public void Add(LedgerEntry entry)
    {
        if (!_byRun.TryGetValue(entry.InstanceId, out var known) || known.Revision <= entry.Revision)
        {
            _byRun[entry.InstanceId] = entry;
        }
    }

    /// <summary>Takes in what a running gateway says now; it adds nothing to what it has published as final.</summary>
    public void AddLive(LedgerEntry entry)
    {
        if (!IsFinal(entry.InstanceId))
        {
            Add(entry);
        }
    }

    /// <summary>Takes in what the gateway says when the topics are read: events came in since it was asked first.</summary>
    public void AddLiveAfter(LedgerEntry entry)
    {
        if (IsFinal(entry.InstanceId))
        {
            return;
        }

        if (_byRun.TryGetValue(entry.InstanceId, out var before))
        {
            _acceptedSince = entry.Accepted - before.Accepted;
        }
        else
        {
            // It was not there before the topics were read, so nothing of it has to be in them.
            Add(entry with { Delivered = 0, StruckOut = 0, WaitingMemory = entry.Delivered + entry.WaitingMemory });
        }
    }

    private static bool Balances(LedgerEntry entry)
    {
        var outcomes = entry.Delivered + entry.WaitingMemory + entry.WaitingJournal + entry.DeadLettered + entry.Lost.Values.Sum();
        // Bad events are made inside as well, for what Kafka refuses; an open entry is a picture of things in motion.
        var isReceivedRight = entry.EventClass == LedgerClass.Bad || entry.State != LedgerState.Closed
            || entry.Received == entry.Accepted + entry.Rejected.Values.Sum();
        return isReceivedRight && entry.Accepted + entry.Recovered == outcomes;
    }
}
