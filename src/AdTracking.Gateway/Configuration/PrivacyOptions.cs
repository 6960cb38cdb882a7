using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

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
