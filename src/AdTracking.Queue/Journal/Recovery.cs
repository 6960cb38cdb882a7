using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Queue.Journal;

/// <summary>Finds what an earlier run left in the journal. A start only looks how much it is (<see cref="Look"/>); all headers are read
/// while events are taken already (<see cref="Scan"/>), and then the journal goes on with what was found (<see cref="TryAdopt"/>). Changes
/// nothing but to delete what holds nothing.</summary>
internal sealed class Recovery : IDisposable
{
    private readonly IJournalFiles _files;
    private readonly SegmentStore _segments;
    private readonly BatchTable _batches;
    private readonly JournalCounters _counters;
    private readonly JournalOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly SegmentScanner _scanner;
    private readonly RecoveredBatches _found;
    private string[] _names = [];
    private string[] _orphans = [];
    private SegmentPeek[] _peeks = [];
    private IReadOnlyList<string> _clusterIds = [];
    private bool _pending;
    private bool _scanned;

    public Recovery(
        IJournalFiles files, SegmentStore segments, BatchTable batches, JournalCounters counters, JournalOptions options, JournalRules rules)
    {
        _files = files;
        _segments = segments;
        _batches = batches;
        _counters = counters;
        _options = options;
        _scanner = new SegmentScanner(files, rules.ScanThreads, _stop.Token);
        _found = new RecoveredBatches(files, options, rules);
    }

    /// <summary>Whether something was left that has not been taken in yet.</summary>
    public bool IsPending => Volatile.Read(ref _pending);

    /// <summary>Segments whose headers are not read yet; not 0 before everything is taken in.</summary>
    public int Unread => IsPending ? Math.Max(1, _names.Length - _scanner.Scanned) : 0;

    /// <summary>Segments that were left.</summary>
    public int Segments => _names.Length;

    /// <summary>The clusters that batches were meant for, as far as is known by now.</summary>
    public IReadOnlyList<string> ClusterIds => Volatile.Read(ref _clusterIds);

    /// <summary>Events found, as far as headers tell.</summary>
    public long EventCount => _found.EventCount;

    /// <summary>Of these, events that may be in Kafka already.</summary>
    public long InDoubtCount => _found.InDoubtCount;

    /// <summary>Events that are missing, as far as headers tell.</summary>
    public long MissingCount => _found.MissingCount;

    /// <summary>What is wrong with the files, one line each.</summary>
    public IReadOnlyList<string> Damage => _found.Damage;

    /// <summary>Counts the files and reads their beginnings.</summary>
    /// <exception cref="JournalException">The directory cannot be read, or is of a newer format. Nothing was changed.</exception>
    public void Look()
    {
        var names = new List<string>();
        var error = _files.List(names);
        if (error < 0)
        {
            throw new JournalException($"The journal's directory cannot be read: {Errno.Text(error)}.");
        }

        var numbers = new HashSet<long>();
        foreach (var name in names)
        {
            if (JournalFormat.TryParseSegmentName(name, out var number))
            {
                numbers.Add(number);
            }
        }

        _names = [.. numbers.Order().Select(JournalFormat.SegmentName)];
        _orphans = [.. names.Where(name => JournalFormat.TryParseNotesName(name, out var number) && !numbers.Contains(number))];
        _peeks = _scanner.Peek(_names);
        var newer = Array.FindIndex(_peeks, peek => peek.IsNewer);
        if (newer >= 0)
        {
            throw new JournalException(
                $"The journal's segment {_names[newer]} was written by a newer version of this program. Start that version, let it deliver what "
                + "is there, and then go back. Nothing was changed.");
        }

        foreach (var number in numbers)
        {
            _segments.NumberAbove(number);
        }

        foreach (var peek in _peeks)
        {
            _segments.Expect(peek.DiskBytes);
        }

        _clusterIds = [.. _peeks.Select(peek => peek.ClusterId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        _pending = _names.Length + _orphans.Length > 0;
    }

    /// <summary>Reads all headers, once it is their turn; once, on a thread that may block for long.</summary>
    public void Scan()
    {
        WaitForTurn();
        var scans = _scanner.Scan(_names);
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _found.Build(scans, _peeks);
        Volatile.Write(ref _clusterIds, [.. ClusterIds.Union(_found.ClusterIds, StringComparer.Ordinal)]);
        Volatile.Write(ref _scanned, true);
    }

    /// <summary>Ends <see cref="Scan"/> soon, without a result.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Gives what was found to the journal, whose thread this is, once it was read. False when there is nothing to give.</summary>
    public bool TryAdopt()
    {
        if (!IsPending || !Volatile.Read(ref _scanned))
        {
            return false;
        }

        _segments.AddFound(_found.Segments);
        _batches.AddFound(_found.Batches);
        _counters.CountDamaged(_found.MissingCount);
        foreach (var orphan in _orphans)
        {
            _files.DeleteUninterrupted(orphan);
        }

        foreach (var damage in _found.Damage)
        {
            JournalLog.Damaged(_options.Logger, damage.ToString());
        }

        if (_found.EventCount > 0)
        {
            JournalLog.Recovered(_options.Logger, EventCount, _found.Segments.Count, InDoubtCount);
        }

        _found.Release();
        Volatile.Write(ref _pending, false);
        return true;
    }

    // The pipeline sends nothing before it knows the cluster, and a start waits for that: then it is our turn at once. A stop ends the wait,
    // which is on the recovery's own thread, like the reading.
    private void WaitForTurn()
    {
        var isClusterKnown = _options.ClusterId is not null || _options.ClusterForgets || ClusterIds.Count > 0;
        if (isClusterKnown && !_options.RecoverAfter.IsCompleted)
        {
            Task.WaitAny(_options.RecoverAfter, Task.Delay(Timeout.Infinite, _stop.Token));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var segment in _found.Segments)
        {
            segment.File.Close();
        }

        _stop.Dispose();
    }
}
