using AdTracking.Emitter.Kafka;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Answers what producers hold, on a thread of its own: well for a while, then not at all, or not for some partitions; refuses,
/// fails with what may be persisted, and lets producers die. The disk falls sick at times, too.</summary>
internal sealed class FlakyBroker : IDisposable
{
    private readonly MemoryLog _log;
    private readonly int _partitions;
    private readonly SharedFiles _files;
    private readonly Random _random;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private MemoryProducer? _producer;

    public FlakyBroker(MemoryLog log, int partitions, SharedFiles files, int seed)
    {
        _log = log;
        _partitions = partitions;
        _files = files;
        _random = new Random(seed);
        _thread = new Thread(Run) { Name = "moody broker" };
        _thread.Start();
    }

    /// <summary>Keeps its temper from now on.</summary>
    public volatile bool IsCalm;

    /// <summary>For the pipeline, when it starts and when a producer has died.</summary>
    public IEventProducer Connect()
    {
        var producer = new MemoryProducer(_partitions, _log) { IsBadRecord = value => value.StartsWith("bad ", StringComparison.Ordinal) };
        Volatile.Write(ref _producer, producer);
        return producer;
    }

    /// <summary>The process that it served was killed: of what was on its way some arrives, and nobody is told.</summary>
    public void EndWithoutReports()
    {
        End();
        if (Volatile.Read(ref _producer) is not { } producer)
        {
            return;
        }

        foreach ((var topic, var partition) in producer.HoldingPartitions)
        {
            producer.Fail(topic, partition, _random.Next(100), KafkaErrors.NotEnoughReplicas, possiblyPersisted: true, () => _random.Next(2) == 0);
        }
    }

    public void Dispose()
    {
        End();
        _stop.Dispose();
    }

    private void End()
    {
        _stop.Set();
        _thread.Join();
    }

    private void Run()
    {
        var mood = 0;
        var turns = 0;
        while (!_stop.Wait(1))
        {
            if (turns-- <= 0)
            {
                mood = _random.Next(6);
                turns = 20 + _random.Next(80);
                _files.FailuresInHundred = !IsCalm && _random.Next(4) == 0 ? 30 : 0;
            }

            if (Volatile.Read(ref _producer) is not { } producer || (mood == 5 && !IsCalm))
            {
                continue;
            }

            foreach ((var topic, var partition) in producer.HoldingPartitions)
            {
                Play(producer, topic, partition, mood);
            }
        }
    }

    private void Play(MemoryProducer producer, EventTopic topic, int partition, int mood)
    {
        var dice = IsCalm ? 1_000 : _random.Next(1_000);
        if (mood == 4 && partition == 0 && !IsCalm)
        {
            return;
        }

        if (dice < 20)
        {
            producer.Fail(topic, partition, 1 + _random.Next(20), KafkaErrors.NotEnoughReplicas, possiblyPersisted: false, () => false);
        }
        else if (dice < 30)
        {
            producer.Fail(topic, partition, 1 + _random.Next(20), KafkaErrors.NotEnoughReplicas, possiblyPersisted: true, () => _random.Next(2) == 0);
        }
        else if (dice < 33)
        {
            producer.Die("moody");
        }
        else
        {
            producer.Answer(topic, partition, 1 + _random.Next(100));
        }
    }
}
