using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

internal sealed class KafkaOptions
{
    /// <summary>Empty: the embedded Kafka, for development.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Passed to librdkafka as they are: security, tuning.</summary>
    public SortedDictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    [Range(1, 1_000)]
    public int TickMs { get; set; } = 5;

    [Range(1, 1_000)]
    public int TickMsMax { get; set; } = 25;

    /// <summary>Events that librdkafka has and has not reported yet; it keeps about 500 bytes for each.</summary>
    [Range(1_024, 1_000_000)]
    public int InFlightMax { get; set; } = 32_768;

    public bool IsEmbedded => BootstrapServers.Length == 0;
}
