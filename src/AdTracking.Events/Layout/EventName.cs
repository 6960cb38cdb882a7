using System.Text;

namespace AdTracking.Events.Layout;

/// <summary>One event name, in the one spelling that is stored.</summary>
/// <param name="name">Name, as VAST 4 spells it.</param>
/// <param name="group">Symbol index of <c>engagement_group</c>; -1 outside engagements.</param>
/// <param name="repeats">May happen more than once per ad, so <c>seq</c> must tell the occurrences apart.</param>
public sealed class EventName(string name, int group = -1, bool repeats = false)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    /// <summary>Name.</summary>
    public string Name => name;

    /// <summary>Name in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Symbol index of <c>engagement_group</c>; -1 outside engagements.</summary>
    public int Group => group;

    /// <summary>Needs <c>seq</c>.</summary>
    public bool Repeats => repeats;

    /// <inheritdoc/>
    public override string ToString() => name;
}
