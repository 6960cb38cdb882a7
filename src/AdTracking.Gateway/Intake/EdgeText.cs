using System.Text.Unicode;
using AdTracking.Gateway.Identity;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Intake;

/// <summary>The request's headers that go into events, as UTF-8 in memory that one thread uses again and again.</summary>
internal sealed class EdgeText
{
    // As many characters as the schema's limits have bytes; longer headers would be cut there anyway.
    private const int UserAgentCharsMax = 1_024;
    private const int RefererCharsMax = 2_048;
    private const int OriginCharsMax = 512;
    private const int BytesACharMax = 3;

    [ThreadStatic]
    private static EdgeText? ThreadMine;

    private readonly byte[] _bytes =
        new byte[((UserAgentCharsMax + RefererCharsMax + OriginCharsMax) * BytesACharMax) + IpPolicy.TextBytesMax];

    private int _used;

    /// <summary>The calling thread's own, empty.</summary>
    public static EdgeText ForThisThread
    {
        get
        {
            var mine = ThreadMine ??= new EdgeText();
            mine._used = 0;
            return mine;
        }
    }

    public ReadOnlySpan<byte> UserAgent(IHeaderDictionary headers) => Add(headers.UserAgent, UserAgentCharsMax);

    public ReadOnlySpan<byte> Referer(IHeaderDictionary headers) => Add(headers.Referer, RefererCharsMax);

    public ReadOnlySpan<byte> Origin(IHeaderDictionary headers) => Add(headers.Origin, OriginCharsMax);

    public ReadOnlySpan<byte> Ip(ClientAddress client, IpPolicy policy, out bool isTruncated)
    {
        var room = _bytes.AsSpan(_used, IpPolicy.TextBytesMax);
        var written = policy.Write(client.Address, room, out isTruncated);
        _used += written;
        return room[..written];
    }

    private ReadOnlySpan<byte> Add(StringValues header, int charsMax)
    {
        var text = header.Count == 0 ? null : header[0];
        if (text is null)
        {
            return default;
        }

        var room = _bytes.AsSpan(_used);
        var chars = text.AsSpan(0, Math.Min(text.Length, charsMax));
        Utf8.FromUtf16(chars, room, out _, out var written, replaceInvalidSequences: true);
        _used += written;
        return room[..written];
    }
}
