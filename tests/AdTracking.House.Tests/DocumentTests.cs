using System.Text.RegularExpressions;

namespace AdTracking.House.Tests;

/// <summary>Documents point at things that exist.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Links_Documents_LeadSomewhere() =>
        (from path in Repository.Files(".md")
         from match in Link().Matches(Repository.Read(path))
         let target = match.Groups[1].Value
         let file = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, target))
         where !File.Exists(file) && !Directory.Exists(file)
         select $"{path}: {target}").ShouldBeEmpty();

    [Theory]
    [InlineData("run")]
    [InlineData("build")]
    [InlineData("test")]
    [InlineData("check")]
    [InlineData("clean")]
    [InlineData("help")]
    public void Targets_Makefile_AreListedByHelp(string target) =>
        Repository.Read("Makefile").ShouldMatch($@"(?m)^{target}:.*## \S");

    [Fact]
    public void Decisions_Records_AreNumberedWithoutGaps() =>
        Repository.Files(".md", "docs/decisions").Select(path => int.Parse(Path.GetFileName(path).AsSpan(0, 4)))
            .ShouldBe(Enumerable.Range(1, Repository.Files(".md", "docs/decisions").Count));

    [Theory]
    [InlineData("docs/glossary.md")]
    [InlineData("docs/life-of-an-event.md")]
    public void Sources_NamedWithoutFolder_ExistOnce(string document)
    {
        var sources = Repository.Files(".cs", "src").ToLookup(path => Path.GetFileName(path), StringComparer.Ordinal);

        var named = SourceName().Matches(Repository.Read(document)).Select(match => match.Value).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(10);
        named.Where(name => sources[name].Count() != 1).ShouldBeEmpty();
    }

    [Fact]
    public void Words_Glossary_AreTwentyAtMost() =>
        Repository.Read("docs/glossary.md").Split('\n').Count(line => line.StartsWith("| **", StringComparison.Ordinal)).ShouldBeInRange(10, 20);

    [Fact]
    public void Paths_TrackedText_AreNotOfOneMachine() =>
        (from ending in (string[])[".cs", ".md", ".sh", ".props", ".csproj", ".json", ".yml", ".mjs"]
         from path in Repository.Files(ending)
         where MachinePath().IsMatch(Repository.Read(path))
         select path).ShouldBeEmpty();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[A-Z]\w*(\.\w+)?\.cs\b")]
    private static partial Regex SourceName();

    [GeneratedRegex("""(?<![\w.$}])/(work|root|home/\w+)/""")]
    private static partial Regex MachinePath();
}
