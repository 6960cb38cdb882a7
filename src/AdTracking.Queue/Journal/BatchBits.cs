
namespace AdTracking.Queue.Journal;

/// <summary>A bit for each event of a batch, set and cleared from several threads, with their number. Most batches are small: up to 64
/// events take no array.</summary>
internal struct BatchBits
{
    private const int WordBits = 64;
    private ulong[]? _words;
    private ulong _few;
    private int _count;

    /// <summary>Bits that are set.</summary>
    public readonly int Count => Volatile.Read(in _count);

    /// <summary>Makes room for so many events; before other threads know of it.</summary>
    public void Reserve(int events)
    {
        if (events <= WordBits)
        {
            return;
        }

        if (_words is null || _words.Length * WordBits < events)
        {
            Array.Resize(ref _words, (events + WordBits - 1) / WordBits);
        }
    }

    /// <summary>Whether an event's bit is set.</summary>
    public readonly bool this[int index] => (Word(index) & Mask(index)) != 0;

    /// <summary>Sets a bit; false when it was set.</summary>
    public bool Set(int index)
    {
        if ((Interlocked.Or(ref Place(index), Mask(index)) & Mask(index)) != 0)
        {
            return false;
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>Clears a bit; false when it was clear.</summary>
    public bool Clear(int index)
    {
        if ((Interlocked.And(ref Place(index), ~Mask(index)) & Mask(index)) == 0)
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    private static ulong Mask(int index) => 1UL << (index & (WordBits - 1));

    private readonly ulong Word(int index)
    {
        if (_words is { } words)
        {
            return Volatile.Read(ref words[index / WordBits]);
        }

        Invariant.Holds((uint)index < WordBits, "an event's index is within its batch");
        return Volatile.Read(in _few);
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    private ref ulong Place(int index)
    {
        if (_words is { } words)
        {
            return ref words[index / WordBits];
        }

        Invariant.Holds((uint)index < WordBits, "an event's index is within its batch");
        return ref _few;
    }
}
