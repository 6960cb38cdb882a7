using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>One random history of a <see cref="QueueHarness"/> with a naive account beside it.</summary>
internal sealed class QueueHistory : IDisposable
{
    private readonly Random _random;
    private readonly QueueHarness _bench;
    private readonly HashSet<(EventTopic Topic, int Partition)> _stalled = [];
    private readonly Dictionary<string, (EventTopic Topic, string Key)> _accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bad = new(StringComparer.Ordinal);
    private readonly List<(DeliveryWaiter Waiter, string[] Values)> _waiting = [];
    private int _next;

    public QueueHistory(int seed)
    {
        _random = new Random(seed);
        _bench = new QueueHarness(QueueHarness.Options() with { InFlightEventsMax = 64 + _random.Next(512) }, partitions: 1 + _random.Next(5));
        _bench.Producer.IsBadRecord = _bad.Contains;
        _bench.Producer.Refusal = (topic, partition) => _stalled.Contains((topic, partition)) ? KafkaErrors.UnknownTopicOrPartition : 0;
    }

    /// <summary>How often came: refused at the door, refused by Kafka, unknown, deadline, waiting blocks, stalls.</summary>
    public int[] Seen { get; } = new int[6];

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Step();
            Check();
        }

        _stalled.Clear();
        _bench.RunToRest();
        Check();
        CheckRest();
    }

    public void Dispose() => _bench.Dispose();

    private void Step()
    {
        switch (_random.Next(12))
        {
            case 0 or 1 or 2 or 3:
                Append();
                break;
            case 4 or 5:
                _bench.Shipper.Tick();
                break;
            case 6 or 7 or 8:
                Answer();
                _bench.Deliver();
                break;
            case 9:
                Fail();
                break;
            case 10:
                _bench.Time.Advance(_random.Next(700));
                _bench.Waiters.Expire(_bench.Clock.NowMs);
                break;
            default:
                Disturb();
                break;
        }
    }

    private void Append()
    {
        // Mostly small; sometimes larger than half a block.
        var count = _random.Next(20) == 0 ? 200 + _random.Next(900) : 1 + _random.Next(12);
        var size = _random.Next(10) == 0 ? 4_000 : 20 + _random.Next(300);
        var events = new (EventTopic Topic, string Key, string Value)[count];
        for (var i = 0; i < count; i++)
        {
            var topic = _random.Next(15) == 0 ? EventTopic.Bad : (EventTopic)_random.Next(3);
            events[i] = (topic, $"key-{_random.Next(50)}", $"{_next++}:" + new string('x', _random.Next(size)));
        }

        var waiter = _random.Next(3) == 0 ? null : _bench.Waiters.Rent(count);
        if (_bench.Append(waiter, events) != Admission.Accepted)
        {
            Seen[0]++;
            if (waiter is not null)
            {
                _bench.Waiters.Return(waiter);
            }

            return;
        }

        foreach ((var topic, var key, var value) in events)
        {
            _accepted.Add(value, (topic, key));
            if (_random.Next(200) == 0)
            {
                _bad.Add(value);
            }
        }

        if (waiter is not null)
        {
            _waiting.Add((waiter, [.. events.Select(item => item.Value)]));
        }
    }

    private void Answer()
    {
        foreach ((var topic, var partition) in _bench.Producer.HoldingPartitions)
        {
            if (_random.Next(3) > 0)
            {
                _bench.Producer.Answer(topic, partition, 1 + _random.Next(200));
            }
        }
    }

    private void Fail()
    {
        var holding = _bench.Producer.HoldingPartitions;
        if (holding.Count == 0)
        {
            return;
        }

        (var topic, var partition) = holding[_random.Next(holding.Count)];
        var error = _random.Next(2) == 0 ? KafkaErrors.NotEnoughReplicas : KafkaErrors.InvalidDifferentRecord;
        _bench.Producer.Fail(topic, partition, 1 + _random.Next(30), error, _random.Next(8) == 0, () => _random.Next(2) == 0);
        _bench.Deliver();
    }

    private void Disturb()
    {
        if (_random.Next(6) == 0)
        {
            _bench.ReplaceProducer();
        }
        else if (_random.Next(2) == 0)
        {
            _stalled.Add(((EventTopic)_random.Next(4), _random.Next(_bench.Partitions)));
        }
        else
        {
            _stalled.Clear();
        }
    }

    private long Accepted => _accepted.Count + _bench.DeadLetters.Sent;

    private long Refused => _bench.Total(EventOutcome.DeadLettered) + _bench.Total(EventOutcome.RefusedTwice);

    private void Check()
    {
        _bench.Accepted().ShouldBe(Accepted);
        var settled = _bench.Total(EventOutcome.Delivered) + Refused + _bench.Total(EventOutcome.FateUnknown);
        settled.ShouldBeLessThanOrEqualTo(Accepted);
        foreach (var block in _bench.Pool.Blocks)
        {
            Seen[4] += block is { HasUnfinished: true, Kind: BlockKind.Unsent } ? 1 : 0;
        }

        foreach (var partition in _bench.Map.Current.All)
        {
            Seen[5] += partition.Stalled ? 1 : 0;
        }

        _bench.Budget.Events.ShouldBeInRange(0, _bench.Budget.EventsMax);
        (settled == Accepted).ShouldBe(_bench.Queue.WaitingBytes == 0);
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Waiter.OutcomeNow() is not { } outcome)
            {
                continue;
            }

            CheckOutcome(_waiting[i].Waiter, _waiting[i].Values, outcome);
            _bench.Waiters.Return(_waiting[i].Waiter);
            _waiting.RemoveAt(i);
        }
    }

    private void CheckOutcome(DeliveryWaiter waiter, string[] values, WaitOutcome outcome)
    {
        waiter.Outcomes.Length.ShouldBe(values.Length);
        Seen[3] += outcome == WaitOutcome.DeadlineExceeded ? 1 : 0;
        var all = true;
        for (var i = 0; i < values.Length; i++)
        {
            var one = waiter.Outcomes[i];
            all &= one.Status == EventOutcome.Delivered;
            if (one.Status.IsRefusal())
            {
                _bad.ShouldContain(values[i]);
            }

            if (one.Status == EventOutcome.Delivered)
            {
                one.Topic.ShouldBe(_accepted[values[i]].Topic);
            }
        }

        if (outcome == WaitOutcome.Stored)
        {
            all.ShouldBeTrue();
        }

        if (outcome == WaitOutcome.SomeFailed)
        {
            all.ShouldBeFalse();
        }
    }

    // At rest: everything has its outcome, Kafka holds what was delivered and perhaps what is unknown, nothing twice, nothing changed.
    private void CheckRest()
    {
        _waiting.ShouldBeEmpty();
        _bench.Budget.Events.ShouldBe(0);
        _bench.Budget.Bytes.ShouldBe(0);
        _bench.Pool.InUse.ShouldBeLessThanOrEqualTo(_bench.Queue.Lanes.Length);
        Refused.ShouldBeLessThanOrEqualTo(_bad.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long deadLetters = 0;
        foreach (var record in _bench.Log.Records)
        {
            if (record.Topic == EventTopic.Bad && !_accepted.ContainsKey(record.Value))
            {
                deadLetters++;
                continue;
            }

            seen.Add(record.Value).ShouldBeTrue("an event is in Kafka once");
            _accepted[record.Value].ShouldBe((record.Topic, record.Key));
            record.Partition.ShouldBe(Murmur2.Partition(Murmur2.Hash(System.Text.Encoding.UTF8.GetBytes(record.Key)), _bench.Partitions));
        }

        Seen[1] += (int)Refused;
        Seen[2] += (int)_bench.Total(EventOutcome.FateUnknown);
        var delivered = _bench.Total(EventOutcome.Delivered);
        var unknown = _bench.Total(EventOutcome.FateUnknown);
        (seen.Count + deadLetters).ShouldBeInRange(delivered, delivered + unknown);
    }
}
