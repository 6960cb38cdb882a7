using System.Globalization;

namespace AdTracking.Gateway.Redirect;

/// <summary>One entry of <c>Click:AllowedHosts</c>: <c>host</c>, <c>*.host</c>, either with <c>:port</c>.</summary>
/// <param name="Name">The host in lower case; with <paramref name="IsWildcard"/>, what must follow the first dot.</param>
/// <param name="IsWildcard">Any host below <paramref name="Name"/>, at any depth, but not the name itself.</param>
/// <param name="Port">Null: only the scheme's own port.</param>
internal readonly record struct AllowedHost(string Name, bool IsWildcard, int? Port)
{
    public static bool TryParse(string entry, out AllowedHost host)
    {
        host = default;
        var name = entry.ToLowerInvariant();
        int? port = null;
        var colon = name.LastIndexOf(':');
        if (colon >= 0 && name[^1] != ']')
        {
            if (!ushort.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return false;
            }

            (port, name) = (number, name[..colon]);
        }

        var isWildcard = name.StartsWith("*.", StringComparison.Ordinal);
        if (isWildcard)
        {
            name = name[2..];
        }

        var kind = Uri.CheckHostName(name);
        var isLegal = kind == UriHostNameType.Dns || (!isWildcard && kind is UriHostNameType.IPv4 or UriHostNameType.IPv6);
        host = new AllowedHost(kind == UriHostNameType.IPv6 ? name.Trim('[', ']') : name, isWildcard, port);
        return isLegal && name.All(char.IsAscii) && !name.EndsWith('.');
    }

    /// <summary>Both sides come from the parse that also makes the <c>Location</c>.</summary>
    public bool Matches(string host, int port, bool isSchemePort)
    {
        if (Port is { } wanted ? wanted != port : !isSchemePort)
        {
            return false;
        }

        return IsWildcard
            ? host.Length > Name.Length + 1 && host[^(Name.Length + 1)] == '.' && host.EndsWith(Name, StringComparison.Ordinal)
            : host == Name;
    }
}
