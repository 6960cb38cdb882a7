using AdTracking.Oracle.Judging;
using Confluent.Kafka;

namespace AdTracking.Oracle.Reading;

/// <summary>When the sending has ended: whether the log is read to its end. That is so when nothing came for a while, all that Kafka holds
/// was read, and all that was promised was in it; or, for what is missing, when patience is out. A reader that stands still before the end
/// is opened anew.</summary>
internal sealed class EndOfLog(LogReader reader, EventTable table, int quietMs, int patienceMs, Func<long> nowMs)
{
    private const int StillMs = 10_000;

    private long _movedMs = nowMs();
    private long _openedMs = nowMs();
    private long _countMs;

    /// <summary>Offsets that Kafka held when they were counted last, and how many of them reading was away from the ends.</summary>
    public (long Held, long Behind)? Count { get; private set; }

    /// <summary>To be told of every record.</summary>
    public void Moved() => _movedMs = nowMs();

    /// <summary>To be asked between records, from the end of the sending on.</summary>
    public bool IsReached()
    {
        var now = nowMs();
        var stillMs = now - _movedMs;
        if (stillMs < quietMs || now < _countMs)
        {
            return false;
        }

        _countMs = now + quietMs;
        try
        {
            Count = reader.Count();
        }
        catch (KafkaException)
        {
            return false;
        }

        if (Count is { Behind: 0 })
        {
            return table.Outstanding == 0 || stillMs >= patienceMs;
        }

        if (stillMs < StillMs || now - _openedMs < StillMs)
        {
            return false;
        }

        reader.OpenAnew();
        _openedMs = nowMs();
        return false;
    }
}
