using System.Buffers;
using System.ComponentModel.DataAnnotations;
using AdTracking.Emitter.Kafka;

namespace AdTracking.Gateway.Configuration;

internal sealed class KafkaOptions
{
    /// <summary>Empty: the embedded Kafka, for development.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Security and tuning, under librdkafka's names.</summary>
    public SortedDictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Which producer sends events to Kafka.</summary>
    public ProducerKind Producer { get; set; } = ProducerKind.AdTracking;

    [Range(1, 1_000)]
    public int TickMs { get; set; } = 5;

    [Range(1, 1_000)]
    public int TickMsMax { get; set; } = 25;

    /// <summary>Events that the producer has and has not reported yet. librdkafka keeps about 500 bytes for each.</summary>
    [Range(1_024, 1_000_000)]
    public int InFlightMax { get; set; } = 32_768;

    public bool IsEmbedded => BootstrapServers.Length == 0;
}

internal sealed class TopicOptions
{
    [TopicName]
    public string Impression { get; set; } = "ad.impression";

    [TopicName]
    public string Click { get; set; } = "ad.click";

    [TopicName]
    public string Engagement { get; set; } = "ad.engagement";

    [TopicName]
    public string Bad { get; set; } = "ad.bad";

    [TopicName]
    public string Audit { get; set; } = "ad.audit";

    [Range(1, 10_000)]
    public int PartitionCount { get; set; } = 12;

    /// <summary>Missing topics are created at the start; false: a missing topic ends the start.</summary>
    public bool Create { get; set; } = true;
}

/// <summary>Kafka's rule for topic names: 1 to 249 of letters, digits, '.', '_', '-', and not "." or "..".</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TopicNameAttribute : ValidationAttribute
{
    private static readonly SearchValues<char> Legal =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public TopicNameAttribute()
        : base("must be a Kafka topic name: 1 to 249 letters, digits, '.', '_' or '-'")
    {
    }

    public override bool IsValid(object? value) =>
        value is string { Length: >= 1 and <= 249 } name && name is not ("." or "..") && !name.AsSpan().ContainsAnyExcept(Legal);
}

internal sealed class RegistryOptions
{
    /// <summary>Base address of a registry with Confluent's REST API; may have a path; several nodes are comma-separated. Empty: the
    /// embedded one.</summary>
    public string Url { get; set; } = "";

    /// <summary>The embedded registry beside a real Kafka must be requested: other programs would not find it after a move.</summary>
    public bool Embedded { get; set; }

    /// <summary>Loopback port of the embedded registry; 0 takes a free one (gateway.json names it).</summary>
    [Range(0, 65_535)]
    public int EmbeddedPort { get; set; }

    public string Username { get; set; } = "";

    /// <summary>A file that holds the password, so that it is neither in the environment nor on the command line.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>A file that holds a bearer token, instead of user name and password; read for every request.</summary>
    public string BearerTokenFile { get; set; } = "";

    /// <summary>Certificates (PEM) of the authority that issued the registry's certificate. Empty: the system's.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>Unset: true with the embedded registry, false with any other.</summary>
    public bool? AutoRegister { get; set; }

    public bool IsEmbedded => Url.Length == 0;

    /// <summary>The nodes of <see cref="Url"/>.</summary>
    public string[] Addresses() => Url.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
