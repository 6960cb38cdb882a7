using System.Net;

namespace AdTracking.Gateway.Identity;

/// <param name="Address">Never an IPv4 address in IPv6 clothing.</param>
/// <param name="IsForwarded">Read from <c>X-Forwarded-For</c>.</param>
internal readonly record struct ClientAddress(IPAddress Address, bool IsForwarded);
