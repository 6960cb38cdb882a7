using System.Globalization;
using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Records;
using Client = AdTracking.Kafka.Producing;

namespace AdTracking.Emitter.Kafka;

/// <summary>Settings of our own producer. The user's properties keep librdkafka's names; one that has no meaning here is a problem that says
/// so.</summary>
internal sealed class AdTrackingProducerSettings
{
    private AdTrackingProducerSettings(Client.ProducerOptions producer, ConnectionSettings connections)
    {
        Producer = producer;
        Connections = connections;
    }

    /// <summary>How it produces.</summary>
    public Client.ProducerOptions Producer { get; }

    /// <summary>How it connects.</summary>
    public ConnectionSettings Connections { get; }

    /// <summary>Reads the user's properties. Every problem is added to the list; with one of them no producer may be made.</summary>
    public static AdTrackingProducerSettings From(ProducerOptions options, TopicNames names, List<string> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((var name, var value) in options.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var problem = ProducerRules.Refusal(name, value) ?? Problem(ProducerRules.Canonical(name), value);
            if (problem is not null)
            {
                problems.Add($"KafkaProperties:{name}: {problem}");
            }

            values[ProducerRules.Canonical(name)] = value;
        }

        var security = ClientSecurity.From(values, problems);
        int? Number(string name) => values.TryGetValue(name, out var text) && int.TryParse(text, out var number) ? number : null;
        var usual = new Client.ProducerOptions { BootstrapServers = Servers(options.BootstrapServers, problems), Topics = names.All };
        var clientId = values.GetValueOrDefault("client.id", options.ClientId);
        return new AdTrackingProducerSettings(
            usual with
            {
                ClientId = clientId,
                Compression = Compressions.GetValueOrDefault(values.GetValueOrDefault("compression.type", ""), usual.Compression),
                BatchBytesMax = Math.Min(Number("batch.size") ?? usual.BatchBytesMax, Number("message.max.bytes") ?? usual.BatchBytesMax),
                InFlightMax = Number("max.in.flight") ?? usual.InFlightMax,
                RequestTimeoutMs = Number("socket.timeout.ms") ?? usual.RequestTimeoutMs,
                AckTimeoutMs = Number("request.timeout.ms") ?? usual.AckTimeoutMs,
                MetadataAgeMaxMs = Number("topic.metadata.refresh.interval.ms") ?? usual.MetadataAgeMaxMs,
                BackoffMs = Number("retry.backoff.ms") ?? usual.BackoffMs,
                BackoffMaxMs = Number("retry.backoff.max.ms") ?? usual.BackoffMaxMs,
            },
            new ConnectionSettings
            {
                ClientId = clientId,
                Tls = security.Tls,
                Sasl = security.Sasl,
                ConnectTimeoutMs = Number("socket.connection.setup.timeout.ms") ?? 10_000,
            });
    }

    private static Dictionary<string, RecordCompression> Compressions { get; } = new(StringComparer.Ordinal)
    {
        ["none"] = RecordCompression.None,
        ["lz4"] = RecordCompression.Lz4,
        ["zstd"] = RecordCompression.Zstd,
    };

    // Smallest and largest value.
    private static Dictionary<string, (int Least, int Most)> Numbers { get; } = new(StringComparer.Ordinal)
    {
        ["batch.size"] = (1, int.MaxValue),
        ["message.max.bytes"] = (1_000, 1_000_000_000),
        ["max.in.flight"] = (1, 5),
        ["socket.timeout.ms"] = (10, 300_000),
        ["request.timeout.ms"] = (1, 900_000),
        ["topic.metadata.refresh.interval.ms"] = (1_000, 3_600_000),
        ["retry.backoff.ms"] = (1, 300_000),
        ["retry.backoff.max.ms"] = (1, 300_000),
        ["socket.connection.setup.timeout.ms"] = (1_000, 2_147_483_647),
    };

    // Nothing to set here: what they would change is always so.
    private static HashSet<string> Settled { get; } = ["acks", "enable.idempotence", "message.timeout.ms", "client.id"];

    private static Dictionary<string, string> Instead { get; } = new(StringComparer.Ordinal)
    {
        ["reconnect.backoff.ms"] = "retry.backoff.ms",
        ["reconnect.backoff.max.ms"] = "retry.backoff.max.ms",
        ["metadata.max.age.ms"] = "topic.metadata.refresh.interval.ms",
        ["batch.num.messages"] = "batch.size",
        ["ssl.ca.pem"] = "ssl.ca.location",
        ["ssl.certificate.pem"] = "ssl.certificate.location",
        ["ssl.key.pem"] = "ssl.key.location",
    };

    private static string? Problem(string name, string value)
    {
        if (Numbers.TryGetValue(name, out var range))
        {
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            return isNumber && number >= range.Least && number <= range.Most ? null : $"must be {range.Least} to {range.Most}.";
        }

        if (name == "compression.type")
        {
            return Compressions.ContainsKey(value) ? null : $"must be one of {string.Join(", ", Compressions.Keys)}.";
        }

        return Settled.Contains(name) || ClientSecurity.Knows(name) ? null
            : Instead.TryGetValue(name, out var other) ? $"this producer has {other} for it."
            : "this producer has no such property. Producer=librdkafka may have it.";
    }

    private static IReadOnlyList<ServerAddress> Servers(string text, List<string> problems)
    {
        try
        {
            return ServerAddress.ParseList(text);
        }
        catch (FormatException broken)
        {
            problems.Add("BootstrapServers: " + broken.Message);
            return [];
        }
    }
}
