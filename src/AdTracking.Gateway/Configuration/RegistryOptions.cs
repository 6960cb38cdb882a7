using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

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
