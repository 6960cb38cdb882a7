using System.Diagnostics;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Logging;
using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Delivery;

/// <summary>Polls the producer's reports and works them in. When the producer has died of a fatal error it ends it and makes another
/// one.</summary>
internal sealed class DeliveryThread : IDisposable
{
    private const int ReportsMax = 4_096;
    private const int PollMs = 200;
    private const int PurgeMsMax = 30_000;
    private const int RetryMs = 1_000;
    private readonly DeliveryThreadParts _parts;
    private readonly Deliveries _deliveries;
    private readonly Shipper _shipper;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly DeliveryReport[] _reports = new DeliveryReport[ReportsMax];
    private IEventProducer _producer;
    private bool _ended;
    private int _replaced;
    private string? _problem;

    /// <summary>Makes a producer. Progress is called after reports were worked in.</summary>
    public DeliveryThread(DeliveryThreadParts parts)
    {
        _parts = parts;
        _deliveries = parts.Deliveries;
        _shipper = parts.Shipper;
        _logger = parts.Logger;
        _producer = parts.CreateProducer();
        _shipper.Use(_producer);
        _thread = new Thread(Run) { Name = "adtracking-deliveries", IsBackground = true };
    }

    /// <summary>The producer in use.</summary>
    public IEventProducer Producer => Volatile.Read(ref _producer);

    /// <summary>Producers that died.</summary>
    public int Replaced => Volatile.Read(ref _replaced);

    /// <summary>Why there is no producer at the moment, or null.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    public void Start() => _thread.Start();

    /// <summary>Ends polling, the producer, and what it still holds. The shipper must have ended before.</summary>
    public void Dispose()
    {
        _stop.Set();
        Producer.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _shipper.Use(null);
        if (!_ended)
        {
            End(_producer);
        }

        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            var count = _producer.Poll(_reports, PollMs);
            if (count > 0)
            {
                _deliveries.Process(_reports.AsSpan(0, count));
            }

            // Without reports as well: the shipper settles events, too, those that librdkafka refuses at the hand-over.
            _parts.Progress();
            if (_producer.IsRetrying)
            {
                _producer.ForgetRetries(_parts.Clock.NowMs - _parts.Queue.OldestAgeMs);
            }

            if (_producer.FatalReason is not null)
            {
                Replace();
            }
        }
    }

    // The old handle accepts nothing more, is polled until it has reported everything, and is destroyed. What it never sent comes back as not
    // persisted and goes to the next one. What Kafka may hold already goes to the journal, which looks for it in Kafka's log; without a
    // journal its outcome is unknown.
    private void Replace()
    {
        Volatile.Write(ref _problem, "The Kafka producer is being replaced: " + _producer.FatalReason);
        _shipper.Use(null);
        End(_producer);
        _ended = true;
        Interlocked.Increment(ref _replaced);
        while (!_stop.IsSet)
        {
            try
            {
                Volatile.Write(ref _producer, _parts.CreateProducer());
                _ended = false;
                _shipper.Use(_producer);
                Volatile.Write(ref _problem, null);
                EmitterLog.ProducerReplaced(_logger);
                _parts.Progress();
                return;
            }
            catch (KafkaConfigurationException failure)
            {
                EmitterLog.NoProducer(_logger, failure.Message);
                _stop.Wait(RetryMs);
            }
        }
    }

    private void End(IEventProducer producer)
    {
        _parts.Gate?.BeginWait();
        producer.Purge();
        var since = Stopwatch.StartNew();
        while (_parts.Budget.Events > 0 && since.ElapsedMilliseconds < PurgeMsMax)
        {
            var count = producer.Poll(_reports, PollMs);
            _deliveries.Process(_reports.AsSpan(0, count));
        }

        producer.Dispose();
        var left = _parts.Budget.Events == 0 ? 0 : _deliveries.AbandonInFlight();
        if (left > 0)
        {
            EmitterLog.NeverReported(_logger, left);
        }

        _parts.Gate?.EndWait();
        _parts.JournalSignal.Notify();
        _parts.Progress();
    }
}
