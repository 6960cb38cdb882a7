using System.Runtime.InteropServices;
using AdTracking.Emitter.Kafka.Log;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>The naive account beside the simulation: which events were accepted, how often, and of which it was answered that they are
/// stored. An event is its bytes: equal ones count together.</summary>
internal sealed class SimModel
{
    private readonly List<Row> _rows = [];

    private struct Row
    {
        public EventDigest Digest;
        public int Accepted;
        public int Promised;
        public bool IsBad;
    }

    /// <summary>Events that differ.</summary>
    public int Count => _rows.Count;

    /// <summary>Answers that promised something.</summary>
    public int Promises { get; private set; }

    public bool IsBad(int number) => number >= 0 && _rows[number].IsBad;

    /// <summary>A new event, not accepted yet.</summary>
    public int Add(bool isBad)
    {
        _rows.Add(new Row { IsBad = isBad });
        return _rows.Count - 1;
    }

    /// <summary>Its bytes.</summary>
    public void SetBytes(int number, EventDigest digest) => At(number).Digest = digest;

    /// <summary>It was accepted, once more.</summary>
    public void Accept(int number) => At(number).Accepted++;

    /// <summary>It was answered as stored, once more.</summary>
    public void Promise(int number)
    {
        Promises++;
        At(number).Promised++;
    }

    /// <summary>What is sent is what was accepted.</summary>
    public void CheckBytes(int number, EventDigest digest)
    {
        if ((uint)number >= (uint)_rows.Count || _rows[number].Digest != digest)
        {
            throw new InvalidOperationException($"the producer was given bytes that no event has (number {number})");
        }
    }

    /// <summary>At the end: everything promised is there, nothing oftener than it was accepted, and what Kafka refuses has a BadEvent.
    /// Null, or what is wrong.</summary>
    public string? Check(SimKafka kafka)
    {
        var found = new int[_rows.Count];
        var refused = new int[_rows.Count];
        foreach (var partition in kafka.Partitions)
        {
            foreach (var record in partition.Records)
            {
                if (record.Event >= 0)
                {
                    found[record.Event]++;
                }
                else if (record.Event < -1)
                {
                    refused[-2 - record.Event]++;
                }
            }
        }

        for (var number = 0; number < found.Length; number++)
        {
            var row = _rows[number];
            if (found[number] > (row.IsBad ? 0 : row.Accepted))
            {
                return $"event {number}: {row.Accepted} accepted, {found[number]} in Kafka{(row.IsBad ? ", which refuses it" : "")}";
            }

            if ((row.IsBad ? refused : found)[number] < row.Promised)
            {
                return $"event {number}: {row.Promised} promised, {found[number]} in Kafka, {refused[number]} BadEvents";
            }

            if (!row.IsBad && refused[number] > 0)
            {
                return $"event {number}: has a BadEvent, and Kafka would take it";
            }
        }

        return null;
    }

    private ref Row At(int number) => ref CollectionsMarshal.AsSpan(_rows)[number];
}
