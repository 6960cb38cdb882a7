using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

/// <summary>Memory between HTTP and Kafka.</summary>
internal sealed class QueueOptions
{
    /// <summary>0: one per core, at most a quarter of the number of blocks.</summary>
    [Range(0, 256)]
    public int Lanes { get; set; }

    [Range(4L << 20, 16L << 30)]
    public long BytesMax { get; set; } = 64L << 20;
}
