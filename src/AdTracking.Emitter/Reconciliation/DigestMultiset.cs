using System.Numerics;
using AdTracking.Emitter.Kafka.Log;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>The events that a reading looks for: a multiset of digests, each with the batch and the event that it stands for. Equal ones
/// are struck out in the order in which they were added, each in constant time, be there a million of them. 40 bytes an entry and 4 to 8
/// for the buckets, in arrays that are allocated once.</summary>
internal sealed class DigestMultiset
{
    private const int None = -1;
    private readonly Entry[] _entries;
    private readonly int[] _buckets;
    private int _used;
    private int _free = None;

    /// <summary>A table for so many events.</summary>
    public DigestMultiset(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _entries = new Entry[capacity];
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        Array.Fill(_buckets, None);
    }

    /// <summary>Events that it can hold.</summary>
    public int Capacity => _entries.Length;

    /// <summary>Events in it.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an event; false when the table is full.</summary>
    public bool TryAdd(EventDigest digest, int batch, int ev)
    {
        if (Count == _entries.Length)
        {
            return false;
        }

        var index = Take();
        _entries[index] = new Entry { Digest = digest, Batch = batch, Event = ev, NextInBucket = None, NextEqual = None, LastEqual = index };
        Count++;
        ref var place = ref Find(digest);
        if (place == None)
        {
            place = index;
            return true;
        }

        // Behind its equals, whose first one alone stands in the bucket.
        ref var first = ref _entries[place];
        _entries[first.LastEqual].NextEqual = index;
        first.LastEqual = index;
        return true;
    }

    /// <summary>Strikes out the event of this digest that was added first. False when there is none.</summary>
    public bool TryRemove(EventDigest digest, out int batch, out int ev)
    {
        ref var place = ref Find(digest);
        var index = place;
        if (index == None)
        {
            batch = ev = None;
            return false;
        }

        ref var struck = ref _entries[index];
        batch = struck.Batch;
        ev = struck.Event;
        if (struck.NextEqual == None)
        {
            place = struck.NextInBucket;
        }
        else
        {
            ref var heir = ref _entries[struck.NextEqual];
            heir.NextInBucket = struck.NextInBucket;
            heir.LastEqual = struck.LastEqual;
            place = struck.NextEqual;
        }

        struck.NextInBucket = _free;
        _free = index;
        Count--;
        return true;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        Array.Fill(_buckets, None);
        _used = 0;
        _free = None;
        Count = 0;
    }

    private int Take()
    {
        if (_free == None)
        {
            return _used++;
        }

        var index = _free;
        _free = _entries[index].NextInBucket;
        return index;
    }

    // Where the digest's index stands, or would.
    private ref int Find(EventDigest digest)
    {
        ref var place = ref _buckets[digest.Low & (uint)(_buckets.Length - 1)];
        while (place != None && _entries[place].Digest != digest)
        {
            place = ref _entries[place].NextInBucket;
        }

        return ref place;
    }

    private struct Entry
    {
        public EventDigest Digest;
        public int Batch;
        public int Event;
        public int NextInBucket;
        public int NextEqual;

        // Only of the first among equals.
        public int LastEqual;
    }
}
