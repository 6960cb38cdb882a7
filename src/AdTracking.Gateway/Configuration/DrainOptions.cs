using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

internal sealed class DrainOptions
{
    [Range(0, 600_000)]
    public int DeadlineMs { get; set; } = 20_000;
}
