using System.Globalization;

namespace AdTracking.Emitter.Kafka;

/// <summary>Which of librdkafka's properties may be set through <see cref="ProducerOptions.Properties"/>, and which carry a promise.</summary>
internal static class ProducerRules
{
    /// <summary>What durability and order rest on.</summary>
    public static IReadOnlyDictionary<string, string> Fixed { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acks"] = "all",
        ["enable.idempotence"] = "true",
        ["max.in.flight"] = "5",

        // librdkafka never gives up by itself: after a timeout it would send the same events again under the same producer id.
        ["message.timeout.ms"] = "0",
    };

    // A broker is who its certificate says.
    private static readonly Dictionary<string, string> Verified = new(StringComparer.Ordinal)
    {
        ["enable.ssl.certificate.verification"] = "true",
        ["ssl.endpoint.identification.algorithm"] = "https",
    };

    // Names that mean the same property.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["request.required.acks"] = "acks",
        ["max.in.flight.requests.per.connection"] = "max.in.flight",
        ["delivery.timeout.ms"] = "message.timeout.ms",
        ["queue.buffering.max.ms"] = "linger.ms",
        ["retries"] = "message.send.max.retries",
        ["compression.codec"] = "compression.type",
        ["metadata.broker.list"] = "bootstrap.servers",
        ["sasl.mechanisms"] = "sasl.mechanism",
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = "is set by BootstrapServers.",
        ["linger.ms"] = "batches are made by the shipper's tick; use TickMs and TickMsMax.",
        ["queue.buffering.max.messages"] = "follows from InFlightEventsMax.",
        ["queue.buffering.max.kbytes"] = "follows from InFlightEventsMax.",
        ["message.send.max.retries"] = "the producer retries until Kafka has answered; giving up would lose events.",
        ["partitioner"] = "partitions are computed with murmur2, so that every client finds the same one.",
        ["transactional.id"] = "the producer is idempotent, not transactional.",
        ["enable.gapless.guarantee"] = "would make an error of one record fatal.",
        ["log.queue"] = "librdkafka's log goes to the program's own.",
        ["test.mock.num.brokers"] = "the embedded Kafka does not need it.",
    };

    /// <summary>The property that a name stands for.</summary>
    public static string Canonical(string name) => Aliases.GetValueOrDefault(name, name);

    /// <summary>Why a property cannot be set to this, or null.</summary>
    public static string? Refusal(string name, string value)
    {
        var canonical = Canonical(name);
        if (Refused.TryGetValue(canonical, out var reason))
        {
            return "cannot be set: " + reason;
        }

        if (canonical == "max.in.flight")
        {
            return int.TryParse(value, CultureInfo.InvariantCulture, out var requests) && requests is >= 1 and <= 5
                ? null
                : "must be 1 to 5: with more, an idempotent producer cannot keep the order.";
        }

        if (Verified.TryGetValue(canonical, out var checking) && value != checking)
        {
            return $"must be {checking}: a broker's certificate is always checked.";
        }

        if (!Fixed.TryGetValue(canonical, out var required) || IsSame(canonical, value, required))
        {
            return null;
        }

        return $"must stay {required}: what is answered with 2xx is acknowledged by all in-sync replicas, once.";
    }

    /// <summary>What to say about properties that may be set so.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyDictionary<string, string> properties) =>
    [
        .. from property in properties
           orderby property.Key
           let warning = Warning(property.Key, property.Value)
           where warning is not null
           select $"KafkaProperties:{property.Key}={property.Value}: {warning}",
    ];

    private static string? Warning(string name, string value) => Canonical(name) switch
    {
        "compression.type" when value == "none" => "batches are sent uncompressed.",
        "batch.num.messages" or "batch.size" => "smaller batches cost more for every event.",
        _ => null,
    };

    private static bool IsSame(string name, string value, string required) =>
        value == required || (name == "acks" && value == "-1");
}
