using System.Net;

namespace AdTracking.Gateway.Identity;

/// <summary>The addresses whose <c>X-Forwarded-For</c> is believed.</summary>
internal sealed class TrustedProxies
{
    private readonly IPNetwork[] _networks;

    public TrustedProxies(IEnumerable<string> entries)
    {
        _networks = [.. entries.Select(entry => TryParse(entry, out var network) ? network : throw new FormatException(entry))];
    }

    public bool IsEmpty => _networks.Length == 0;

    /// <summary>An address alone is the range that holds just it.</summary>
    public static bool TryParse(string entry, out IPNetwork network)
    {
        if (IPNetwork.TryParse(entry, out network))
        {
            return true;
        }

        if (!IPAddress.TryParse(entry, out var address))
        {
            return false;
        }

        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    public bool Contains(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
