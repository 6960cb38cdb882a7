using System.Text;

namespace AdTracking.Events;

/// <summary>One event name in VAST 4 spelling.</summary>
/// <param name="name">Name.</param>
/// <param name="kind">Event class.</param>
/// <param name="group">Symbol of <c>engagement_group</c>; null outside engagements.</param>
/// <param name="repeatable">May happen more than once an ad, so <c>seq</c> must tell the occurrences apart.</param>
public sealed class EventNameEntry(string name, EventKind kind, string? group = null, bool repeatable = false)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    /// <summary>Name.</summary>
    public string Name => name;

    /// <summary>Name in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Event class.</summary>
    public EventKind Kind => kind;

    /// <summary>Symbol of <c>engagement_group</c>; null outside engagements.</summary>
    public string? Group => group;

    /// <summary>Needs <c>seq</c>.</summary>
    public bool Repeatable => repeatable;

    /// <inheritdoc/>
    public override string ToString() => name;
}
