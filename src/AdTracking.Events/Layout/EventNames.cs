using System.Collections.Immutable;

namespace AdTracking.Events;

/// <summary>
/// Every event name: <c>impression</c>, <c>click</c>, and the engagements of VAST 4 and OMID, with the older spellings that players
/// still send. Names are compared byte for byte, as VAST does.
/// </summary>
public static class EventNames
{
    private const int AliasFlag = 0x100;

    /// <summary>Every name in its one spelling.</summary>
    public static ImmutableArray<EventNameEntry> All { get; } =
    [
        new("impression", EventKind.Impression),
        new("click", EventKind.Click),
        .. Group("LINEAR", "loaded start firstQuartile midpoint thirdQuartile complete progress* otherAdInteraction* closeLinear"),
        .. Group("PLAYER_OPERATION", "mute* unmute* pause* resume* rewind* skip playerExpand playerCollapse notUsed"),
        .. Group("PLAYER_OPERATION", "bufferStart* bufferFinish* volumeChange*"),
        .. Group("NON_LINEAR", "creativeView acceptInvitation adExpand adCollapse minimize close overlayViewDuration"),
        .. Group("INTERACTIVE", "interactiveStart"),
        .. Group("VIEWABILITY", "viewable notViewable viewUndetermined"),
        .. Group("VERIFICATION", "verificationNotExecuted"),
        .. Group("ERROR", "error"),
        .. Group("CUSTOM", "custom"),
    ];

    /// <summary>Older spellings and the VAST 4 name of each.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Aliases { get; } =
    [
        new("midPoint", "midpoint"),
        new("skipped", "skip"),
        new("fullscreen", "playerExpand"),
        new("exitFullscreen", "playerCollapse"),
        new("expand", "adExpand"),
        new("collapse", "adCollapse"),
        new("acceptInvitationLinear", "acceptInvitation"),
        new("timeSpentViewing", "overlayViewDuration"),
    ];

    private static NameTable Table { get; } = new(
        All.Select((entry, index) => (entry.Name, index))
            .Concat(Aliases.Select(alias => (alias.Key, IndexOf(alias.Value) | AliasFlag))));

    /// <summary>Index in <see cref="All"/> of a name or an alias, or -1.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="isAlias">The name is an older spelling.</param>
    public static int Find(ReadOnlySpan<byte> name, out bool isAlias)
    {
        var value = Table.Find(name);
        isAlias = value >= 0 && (value & AliasFlag) != 0;
        return value < 0 ? -1 : value & ~AliasFlag;
    }

    private static int IndexOf(string name) =>
        Enumerable.Range(0, All.Length).First(index => All[index].Name == name);

    private static IEnumerable<EventNameEntry> Group(string group, string names) =>
        names.Split(' ').Select(name => new EventNameEntry(name.TrimEnd('*'), EventKind.Engagement, group, name.EndsWith('*')));
}
