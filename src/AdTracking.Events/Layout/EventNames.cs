using System.Collections.Immutable;

namespace AdTracking.Events.Layout;

/// <summary>Every event name of the three classes and the older spellings that players still send. Names are compared byte for byte, as
/// VAST does.</summary>
public sealed class EventNames
{
    private const int AliasFlag = 0x100;
    private readonly NameTable _table;
    private readonly EventLayout[] _layouts;

    internal EventNames(params ReadOnlySpan<EventLayout> layouts)
    {
        var names = new List<EventName>();
        var owners = new List<EventLayout>();
        var table = new List<(string Name, int Value)>();
        foreach (var layout in layouts)
        {
            var first = names.Count;
            foreach (var name in layout.Names)
            {
                table.Add((name.Name, names.Count));
                names.Add(name);
                owners.Add(layout);
            }

            foreach (var (alias, name) in layout.Aliases)
            {
                table.Add((alias, names.FindIndex(first, candidate => candidate.Name == name) | AliasFlag));
            }
        }

        All = [.. names];
        _layouts = [.. owners];
        _table = new NameTable(table);
    }

    /// <summary>Every name in its one spelling.</summary>
    public ImmutableArray<EventName> All { get; }

    /// <summary>Index in <see cref="All"/> of a name or an older spelling, or -1.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="isAlias">The name is an older spelling.</param>
    public int Find(ReadOnlySpan<byte> name, out bool isAlias) => Value(_table.Find(name), out isAlias);

    /// <summary>The same for a name with 32 readable bytes from its start.</summary>
    internal int FindInside(ref byte start, int length, out bool isAlias) => Value(_table.FindInside(ref start, length), out isAlias);

    private static int Value(int value, out bool isAlias)
    {
        isAlias = value >= 0 && (value & AliasFlag) != 0;
        return value < 0 ? -1 : value & ~AliasFlag;
    }

    /// <summary>The class that a name belongs to.</summary>
    /// <param name="index">Index in <see cref="All"/>.</param>
    public EventLayout LayoutOf(int index) => _layouts[index];
}
