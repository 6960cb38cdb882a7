using System.Net;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Identity;

/// <summary>Finds the client: the socket's peer, or what trusted proxies say about who stood before them.</summary>
internal sealed class ClientAddressResolver(TrustedProxies proxies)
{
    /// <summary>Walks <c>X-Forwarded-For</c> from the right: the first address that is not a trusted proxy is the client. What stands
    /// left of it was written by the client and proves nothing. An entry that is no address ends the walk.</summary>
    public ClientAddress Resolve(IPAddress peer, StringValues forwardedFor)
    {
        var client = Unmap(peer);
        if (forwardedFor.Count == 0 || proxies.IsEmpty || !proxies.Contains(client))
        {
            return new ClientAddress(client, IsForwarded: false);
        }

        var isForwarded = false;
        for (var line = forwardedFor.Count - 1; line >= 0; line--)
        {
            var rest = forwardedFor[line].AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.LastIndexOf(',');
                if (!TryParse(rest[(comma + 1)..].Trim(), out var hop))
                {
                    return new ClientAddress(client, isForwarded);
                }

                client = hop;
                isForwarded = true;
                if (!proxies.Contains(client))
                {
                    return new ClientAddress(client, isForwarded);
                }

                rest = comma < 0 ? default : rest[..comma];
            }
        }

        return new ClientAddress(client, isForwarded);
    }

    /// <summary>Accepts <c>1.2.3.4</c>, <c>1.2.3.4:5678</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c> and <c>[2001:db8::1]:5678</c>.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        var colon = text.IndexOf(':');
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            text = end < 0 ? default : text[1..end];
        }
        else if (colon >= 0 && text.LastIndexOf(':') == colon)
        {
            text = text[..colon];
        }

        // IPAddress also takes "1" and "0x7f.1"; a proxy writes neither.
        var isPlain = text.Contains(':') || text.Count('.') == 3;
        if (isPlain && !text.Contains('%') && IPAddress.TryParse(text, out var parsed))
        {
            address = Unmap(parsed);
            return true;
        }

        address = IPAddress.None;
        return false;
    }

    private static IPAddress Unmap(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <param name="Address">Never an IPv4 address in IPv6 clothing.</param>
/// <param name="IsForwarded">Read from <c>X-Forwarded-For</c>.</param>
internal readonly record struct ClientAddress(IPAddress Address, bool IsForwarded);
