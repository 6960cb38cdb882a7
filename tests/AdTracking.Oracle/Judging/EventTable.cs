using AdTracking.Oracle.Minting;

namespace AdTracking.Oracle.Judging;

/// <summary>A few bits and the time of sending for every number, in runs that are given out to connections. Any thread may change any
/// event.</summary>
internal sealed class EventTable
{
    private const int RunsMax = 1 << 18;

    private readonly int[]?[] _bits = new int[]?[RunsMax];
    private readonly int[]?[] _sentMs = new int[]?[RunsMax];
    private int _runs;
    private long _outstanding;

    /// <summary>Promised and not yet seen in Kafka.</summary>
    public long Outstanding => Interlocked.Read(ref _outstanding);

    /// <summary>The first number of a new run.</summary>
    public long TakeRun()
    {
        var run = Interlocked.Increment(ref _runs) - 1;
        _sentMs[run] = new int[Mint.RunEvents];
        Volatile.Write(ref _bits[run], new int[Mint.RunEvents]);
        return (long)run * Mint.RunEvents;
    }

    public void Send(MintedEvent one, long nowMs)
    {
        _sentMs[one.Number / Mint.RunEvents]![one.Number % Mint.RunEvents] = (int)nowMs;
        Interlocked.Or(ref BitsOf(one.Number), (int)EventBits.Sent | (int)one.Kind);
    }

    public void Promise(long number)
    {
        var before = Interlocked.Or(ref BitsOf(number), (int)EventBits.Promised);
        if ((before & (int)EventBits.Stored) == 0)
        {
            Interlocked.Increment(ref _outstanding);
        }
    }

    public void Mark(long number, EventBits bits) => Interlocked.Or(ref BitsOf(number), (int)bits);

    /// <summary>Notes that it was seen in Kafka and returns what was known of it before.</summary>
    public EventBits Store(long number)
    {
        var before = (EventBits)Interlocked.Or(ref BitsOf(number), (int)EventBits.Stored);
        if (before.Has(EventBits.Stored))
        {
            Mark(number, EventBits.Doubled);
        }
        else if (before.Has(EventBits.Promised))
        {
            Interlocked.Decrement(ref _outstanding);
        }

        return before;
    }

    /// <summary>What is known; none for a number that was never given out.</summary>
    public EventBits Of(long number) =>
        number >= 0 && number / Mint.RunEvents < RunsMax && Volatile.Read(ref _bits[number / Mint.RunEvents]) is { } run
            ? (EventBits)Volatile.Read(ref run[number % Mint.RunEvents]) : EventBits.None;

    public long SentMs(long number) => _sentMs[number / Mint.RunEvents]![number % Mint.RunEvents];

    /// <summary>All numbers that were sent, with what is known of them.</summary>
    public IEnumerable<(long Number, EventBits Bits)> All()
    {
        for (long number = 0; number < (long)Volatile.Read(ref _runs) * Mint.RunEvents; number++)
        {
            if (Of(number) is var bits && bits.Has(EventBits.Sent))
            {
                yield return (number, bits);
            }
        }
    }

    private ref int BitsOf(long number) => ref _bits[number / Mint.RunEvents]![number % Mint.RunEvents];
}
