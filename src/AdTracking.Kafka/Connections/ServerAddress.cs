using System.Globalization;

namespace AdTracking.Kafka.Connections;

/// <summary>Where a broker listens.</summary>
/// <param name="Host">A name, an IPv4 address, or an IPv6 address without brackets.</param>
/// <param name="Port">The port.</param>
internal readonly record struct ServerAddress(string Host, int Port)
{
    private const int UsualPort = 9_092;

    /// <summary>Reads a list such as <c>kafka-1:9092, [::1]:9093, kafka-3</c>; without a port it is 9092.</summary>
    /// <exception cref="FormatException">Something in it is not an address, or nothing is in it.</exception>
    public static IReadOnlyList<ServerAddress> ParseList(string text)
    {
        var addresses = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).Distinct().ToArray();
        return addresses.Length > 0 ? addresses : throw new FormatException("No bootstrap server is named.");
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static ServerAddress Parse(string text)
    {
        var rest = text;
        string? host = null;
        if (text.StartsWith('[') && text.IndexOf(']') is > 1 and var end)
        {
            host = text[1..end];
            rest = text[(end + 1)..];
        }

        var colon = rest.LastIndexOf(':');
        host ??= colon < 0 ? rest : rest[..colon];
        var port = UsualPort;
        var isPort = colon < 0 ? rest.Length == 0 || rest == host
            : int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65_535;
        return isPort && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new ServerAddress(host, port) : throw new FormatException($"\"{text}\" is not host:port.");
    }
}
