using System.Buffers;

namespace AdTracking.Gateway.Redirect;

/// <summary>Decides where a click may be sent on to. One parse gives both the host that is judged and the <c>Location</c> that is
/// answered, so there is no second reading of the same text that could disagree.</summary>
internal sealed class RedirectTargets
{
    /// <summary>The length that the schema allows for <c>destination_url</c>.</summary>
    public const int LengthMax = 2_048;

    private static readonly SearchValues<char> Printable =
        SearchValues.Create(string.Concat(Enumerable.Range(0x21, 0x7F - 0x21).Select(c => (char)c)));

    private readonly AllowedHost[] _hosts;

    public RedirectTargets(IEnumerable<string> entries)
    {
        _hosts = [.. entries.Select(entry => AllowedHost.TryParse(entry, out var host) ? host : throw new FormatException(entry))];
    }

    /// <summary>Where to send the user, or null when the target is refused.</summary>
    public RedirectGoal? Check(string target)
    {
        if (target.Length is 0 or > LengthMax || target.Any(char.IsControl) || !Uri.TryCreate(target, UriKind.Absolute, out var uri))
        {
            return null;
        }

        if (uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            return null;
        }

        var location = uri.AbsoluteUri;
        if (location.AsSpan().ContainsAnyExcept(Printable) || Authority(location).Contains('@'))
        {
            return null;
        }

        var host = uri.IdnHost.ToLowerInvariant();
        foreach (var allowed in _hosts)
        {
            if (allowed.Matches(host, uri.Port, uri.IsDefaultPort))
            {
                return new RedirectGoal(location, host);
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> Authority(string location)
    {
        var rest = location.AsSpan(location.IndexOf("//", StringComparison.Ordinal) + 2);
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }
}

/// <param name="Location">The address to answer with: visible ASCII, nothing else.</param>
/// <param name="Host">Its host, as it was judged.</param>
internal sealed record RedirectGoal(string Location, string Host);
