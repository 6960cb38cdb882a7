using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

internal sealed class DataOptions
{
    [Required]
    public string Directory { get; set; } = "data";
}
