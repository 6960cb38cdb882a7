using System.Collections.Concurrent;
using AdTracking.Oracle.Minting;
using AdTracking.Oracle.Reading;

namespace AdTracking.Oracle.Judging;

/// <summary>Holds every record of Kafka against what was sent. One thread calls it.</summary>
internal sealed class RecordJudge(Mint mint, EventTable table, int[] partitionCounts, Func<long> nowMs)
{
    private const int SamplesMax = 20;
    private const int FreshMs = 5_000;

    // The highest number seen of each key, by kind: a key's numbers were sent in rising order, each after the answer to the former.
    private readonly Dictionary<(string Key, EventKind Kind), long> _highest = [];
    private readonly List<long> _overtaken = [];
    private readonly ConcurrentQueue<string> _samples = new();
    private long _fresh;
    private long _records;

    public long Spurious { get; private set; }

    public long Corrupted { get; private set; }

    public long Doubled { get; private set; }

    public long Records => Interlocked.Read(ref _records);

    /// <summary>Records that were read within five seconds of being sent: live traffic, as opposed to a backlog.</summary>
    public long Fresh => Interlocked.Read(ref _fresh);

    public IReadOnlyCollection<string> Samples => _samples;

    /// <summary>Promised events that stand behind a later one of their key. Known at the end only, since a promise may come after the record.</summary>
    public long CountOutOfOrder()
    {
        var promised = _overtaken.Where(number => table.Of(number).Has(EventBits.Promised)).ToList();
        foreach (var number in promised)
        {
            Sample($"out of order: {mint.Id(number)}");
        }

        return promised.Count;
    }

    public void Judge(StoredRecord record)
    {
        Interlocked.Increment(ref _records);
        var number = mint.NumberOf(record.Fields.GetValueOrDefault("event_id"));
        if (number < 0 || table.Of(number) is var known && !known.Has(EventBits.Sent))
        {
            Spurious++;
            Sample($"spurious: {record}");
            return;
        }

        var before = table.Store(number);
        var kind = (EventKind)(before & EventBits.KindMask);
        if (before.Has(EventBits.Refused))
        {
            Spurious++;
            Sample($"spurious, for it was refused: {record}");
        }

        if (before.Has(EventBits.Stored))
        {
            Doubled++;
            Sample($"doubled ({before}): {record}");
        }

        Compare(record, mint.Event(number, kind), kind);
        NoteOrder(number, kind);
        if (nowMs() - table.SentMs(number) < FreshMs)
        {
            Interlocked.Increment(ref _fresh);
        }
    }

    private void Compare(StoredRecord record, MintedEvent one, EventKind kind)
    {
        var wrong = new List<string>();
        foreach (var (field, value) in one.Stored)
        {
            if (record.Fields.GetValueOrDefault(field) != value)
            {
                wrong.Add($"{field} is not {value}");
            }
        }

        if (record.Problem is { } problem)
        {
            wrong.Add(problem);
        }

        if (record.Kind != kind)
        {
            wrong.Add($"the topic is that of {record.Kind}");
        }

        if (record.Key != one.Key)
        {
            wrong.Add($"the key is not {one.Key}");
        }

        if (record.Partition != Murmur2.Partition(one.Key, partitionCounts[(int)record.Kind]))
        {
            wrong.Add("the partition is not the key's");
        }

        if (wrong.Count == 0)
        {
            return;
        }

        Corrupted++;
        Sample($"corrupted: {string.Join(", ", wrong)}: {record}");
    }

    private void NoteOrder(long number, EventKind kind)
    {
        var key = (Mint.Key(number), kind);
        if (_highest.TryGetValue(key, out var highest) && number < highest)
        {
            _overtaken.Add(number);
        }
        else
        {
            _highest[key] = number;
        }
    }

    private void Sample(string text)
    {
        if (_samples.Count < SamplesMax)
        {
            _samples.Enqueue(text);
        }
    }
}
