using System.ComponentModel.DataAnnotations;
using AdTracking.Queue;

namespace AdTracking.Gateway.Configuration;

/// <summary>The public listener.</summary>
internal sealed class HttpOptions
{
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>0 takes a free port.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 8080;

    /// <summary>When the answer is sent.</summary>
    public AckLevel Ack { get; set; } = AckLevel.Durable;

    /// <summary>How long a request waits for Kafka or the journal before its events are answered with <c>retry</c>.</summary>
    [Range(10, 300_000)]
    public int RequestDeadlineMs { get; set; } = 10_000;

    /// <summary>How long a click waits to be stored before the user is redirected anyway.</summary>
    [Range(0, 10_000)]
    public int ClickWaitMs { get; set; } = 50;

    /// <summary>Further path prefixes under which the two pixels answer, in addition to <c>/v1</c>.</summary>
    public List<string> PixelPrefixes { get; } = [];

    /// <summary>Threads that wait for sockets. One is cheapest up to what one core can carry; request work runs on them.</summary>
    [Range(1, 64)]
    public int SocketThreads { get; set; } = 1;
}

/// <summary>The listener for health, metrics and status; on loopback by default.</summary>
internal sealed class AdminOptions
{
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Range(0, 65_535)]
    public int Port { get; set; } = 9464;
}

internal sealed class ProxyOptions
{
    /// <summary>Addresses or CIDR ranges whose <c>X-Forwarded-For</c> is believed.</summary>
    public List<string> Trusted { get; } = [];
}

/// <summary>What is taken from an address before it leaves memory. The sender has no say in it.</summary>
internal sealed class PrivacyOptions
{
    /// <summary>Leading bits of an IPv4 address that are kept; 32 keeps all, 0 stores none.</summary>
    [Range(0, 32)]
    public int IpV4Bits { get; set; } = 24;

    /// <summary>Leading bits of an IPv6 address that are kept; 128 keeps all, 0 stores none.</summary>
    [Range(0, 128)]
    public int IpV6Bits { get; set; } = 56;
}

internal sealed class ClickOptions
{
    /// <summary>Hosts that a click may be redirected to: <c>example.com</c>, <c>*.example.com</c> (any depth, not the bare domain),
    /// <c>example.com:8443</c> (that port; without one, only the scheme's own port).</summary>
    public List<string> AllowedHosts { get; } = [];
}

internal sealed class EventOptions
{
    /// <summary>What happens to a JSON field that the schema does not know.</summary>
    public UnknownFields UnknownFields { get; set; } = UnknownFields.Ext;
}

internal enum UnknownFields
{
    /// <summary>The event is rejected with <c>unknown_field</c>.</summary>
    Reject,

    /// <summary>The value goes to the event's <c>ext</c> map, within its limits.</summary>
    Ext,
}
