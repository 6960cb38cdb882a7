using System.Runtime.InteropServices;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka;

/// <summary>The producer's settings: ours, which the promises rest on and nobody can change, and what the user passes through. All problems
/// are found at once.</summary>
internal sealed unsafe class ProducerSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ProducerSettings()
    {
    }

    /// <summary>Settings of which some are ours and the others the user's properties. Every problem is added to the list; with one of them,
    /// <see cref="Create"/> must not be called.</summary>
    public static ProducerSettings From(ProducerOptions options, List<string> problems)
    {
        var settings = new ProducerSettings();
        settings.AddOwn(options);
        foreach ((var name, var value) in options.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            settings.AddUsers(name, value, problems);
        }

        using var probe = settings.Configure(problems);
        return settings;
    }

    /// <summary>A producer with these settings.</summary>
    /// <exception cref="KafkaConfigurationException">librdkafka refuses the combination.</exception>
    public KafkaHandle Create(Clock clock, out ProducerLog log)
    {
        log = new ProducerLog(LogLevel, clock);
        var problems = new List<string>();
        using var configuration = Configure(problems);
        Librdkafka.rd_kafka_conf_set_events(configuration, Librdkafka.EventDelivery | Librdkafka.EventError);
        ProducerSocket.Install(configuration);
        var handle = GCHandle.Alloc(log);
        ProducerLog.Install(configuration, handle);
        var text = stackalloc byte[Librdkafka.ErrorTextBytes];
        var kafka = Librdkafka.rd_kafka_new(Librdkafka.TypeProducer, configuration, text, Librdkafka.ErrorTextBytes);
        if (kafka.IsInvalid)
        {
            handle.Free();
            problems.Add("KafkaProperties: " + Librdkafka.Text((nint)text));
        }
        else
        {
            kafka.Companion = handle;
            configuration.SetHandleAsInvalid();
        }

        if (problems.Count > 0)
        {
            throw new KafkaConfigurationException(problems);
        }

        return kafka;
    }

    // With a context of debugging librdkafka writes everything, whatever the level is set to.
    private int LogLevel => _values["debug"] != ProducerLog.DebugContext ? 7 : int.Parse(_values.GetValueOrDefault("log_level", "6"));

    private void AddOwn(ProducerOptions options)
    {
        _values["bootstrap.servers"] = options.BootstrapServers;
        _values["client.id"] = options.ClientId;
        _values["compression.type"] = "lz4";
        _values["debug"] = ProducerLog.DebugContext;

        // The default of 10 s is how long a broker that came back could go unnoticed.
        _values["reconnect.backoff.ms"] = "50";
        _values["reconnect.backoff.max.ms"] = "1000";

        // Twice the in-flight bound and some, so that librdkafka's queue is never full: what it still holds of reported events,
        // until the report's event is destroyed, counts there as well.
        _values["queue.buffering.max.messages"] = ((options.InFlightEventsMax * 2L) + 10_000).ToString();
        _values["queue.buffering.max.kbytes"] = ((options.InFlightBytesMax * 2 / 1024) + 65_536).ToString();

        // The shipper's tick is the batching; waiting once more would only add latency.
        _values["linger.ms"] = "0";
        _values["batch.num.messages"] = "10000";
        foreach ((var name, var value) in ProducerRules.Fixed)
        {
            _values[name] = value;
        }
    }

    private void AddUsers(string name, string value, List<string> problems)
    {
        if (ProducerRules.Refusal(name, value) is { } refusal)
        {
            problems.Add($"KafkaProperties:{name}: {refusal}");
            return;
        }

        _values[ProducerRules.Canonical(name)] = name == "debug" ? $"{value},{ProducerLog.DebugContext}" : value;
    }

    private ConfigurationHandle Configure(List<string> problems)
    {
        var configuration = Librdkafka.rd_kafka_conf_new();
        var text = stackalloc byte[Librdkafka.ErrorTextBytes];
        foreach ((var name, var value) in _values)
        {
            if (Librdkafka.rd_kafka_conf_set(configuration, name, value, text, Librdkafka.ErrorTextBytes) != 0)
            {
                problems.Add($"KafkaProperties:{name}: {Librdkafka.Text((nint)text)}");
            }
        }

        return configuration;
    }
}
