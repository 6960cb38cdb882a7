using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

/// <summary>The listener for health, metrics and status; on loopback by default.</summary>
internal sealed class AdminOptions
{
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Range(0, 65_535)]
    public int Port { get; set; } = 9464;
}
