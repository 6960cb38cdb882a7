using System.Text.RegularExpressions;

namespace AdTracking.House.Tests;

/// <summary>Operators filter by event ids: an id stands for one line, and those of the libraries are listed.</summary>
public sealed partial class LogEventTests
{
    [Fact]
    public void EventIds_EveryProject_AreUnique()
    {
        var ids = Ids().ToList();

        ids.Count.ShouldBeGreaterThan(30);
        ids.GroupBy(id => id.Number).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same)}").ShouldBeEmpty();
    }

    [Fact]
    public void EventIds_OfTheLibraries_AreListed()
    {
        var page = Repository.Read("docs/emitter.md");

        Ids().Where(id => !id.Path.StartsWith("src/AdTracking.Gateway/", StringComparison.Ordinal))
            .Where(id => !page.Contains($"| {id.Number} |", StringComparison.Ordinal)).ShouldBeEmpty("docs/emitter.md lists the ids");
    }

    private static IEnumerable<(int Number, string Path)> Ids() =>
        from path in Repository.Files(".cs", "src")
        from match in EventId().Matches(Repository.Read(path))
        select (int.Parse(match.Groups[1].Value), path);

    [GeneratedRegex(@"LoggerMessage\(\s*EventId = (\d+)")]
    private static partial Regex EventId();
}
