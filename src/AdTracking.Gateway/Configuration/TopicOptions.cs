using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

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
    public string Overflow { get; set; } = "ad.overflow";

    [TopicName]
    public string Audit { get; set; } = "ad.audit";

    [Range(1, 10_000)]
    public int PartitionCount { get; set; } = 12;

    /// <summary>Missing topics are created at the start; false: a missing topic ends the start.</summary>
    public bool Create { get; set; } = true;
}
