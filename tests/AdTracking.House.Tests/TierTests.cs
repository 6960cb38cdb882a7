using System.Text.RegularExpressions;

namespace AdTracking.House.Tests;

/// <summary>Every suite has its place in a tier, and the table of promises names tests that exist.</summary>
public sealed partial class TierTests
{
    private static readonly string Runner = Repository.Read("eng/test.sh");
    private static readonly string Page = Repository.Read("docs/testing.md");

    private static string[] Quick { get; } = Lanes("quick_lanes");

    [Fact]
    public void Suites_EveryTestProject_StandInALaneOnceAndHaveABudget()
    {
        string[] projects =
            [.. Repository.Files(".Tests.csproj", "tests").Select(path => Path.GetFileName(path)["AdTracking.".Length..^".Tests.csproj".Length])];

        var faultsOnly = FaultsOnly().Match(Runner).Groups[1].Value.Split(' ');

        Lanes("test_lanes").Concat(faultsOnly).ShouldBe(projects, ignoreOrder: true);
        Repository.Read("eng/test-budgets.tsv").Trim().Split('\n').Select(line => line.Split('\t')[0]).ShouldBe(projects, ignoreOrder: true);
    }

    [Fact]
    public void Quick_SolutionFilter_BuildsItsSuites() =>
        FilteredProject().Matches(Repository.Read("tests/Quick.slnf")).Select(match => match.Groups[1].Value).ShouldBe(Quick, ignoreOrder: true);

    [Fact]
    public void Promises_Table_NamesTestsThatExistInTheirTier()
    {
        var rows = Page.Split('\n').SkipWhile(line => line != "## What holds the promises").Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("| tool", StringComparison.Ordinal)).Skip(1).ToList();
        rows.Count.ShouldBeGreaterThan(8);

        rows.SelectMany(Problems).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("| a | `House.NoSuchTests` | quick |", "no class House.NoSuchTests")]
    [InlineData("| a | `House.TierTests` | test |", "tier quick is not named")]
    [InlineData("| a | no test | quick |", "no test")]
    public void Problems_WrongRow_AreFound(string row, string problem) => Problems(row).ShouldContain(found => found.Contains(problem));

    private static IEnumerable<string> Problems(string row)
    {
        var cells = row.Split('|');
        var tests = NamedTest().Matches(cells[2]).Select(match => (Suite: match.Groups[1].Value, Class: match.Groups[2].Value)).ToList();
        if (tests.Count == 0)
        {
            yield return $"no test: {row}";
        }

        foreach (var (suite, name) in tests)
        {
            if (!Repository.Files($"/{name}.cs", $"tests/AdTracking.{suite}.Tests").Any())
            {
                yield return $"no class {suite}.{name}";
            }
        }

        foreach (var tier in tests.Select(test => TierOf(test.Suite)).Distinct())
        {
            if (!cells[3].Contains(tier))
            {
                yield return $"tier {tier} is not named: {row}";
            }
        }
    }

    private static string TierOf(string suite) =>
        Quick.Contains(suite) ? "quick" : FaultsOnly().Match(Runner).Groups[1].Value.Split(' ').Contains(suite) ? "faults" : "test";

    private static string[] Lanes(string name) =>
        [.. Regex.Match(Runner, $@"(?m)^{name}=\((.*)\)$", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value.Replace("'", "").Split(' ')];

    [GeneratedRegex("""tests\\\\AdTracking\.([\w.]+)\.Tests\\\\""")]
    private static partial Regex FilteredProject();

    [GeneratedRegex("(?m)^faults_only='(.*)'$")]
    private static partial Regex FaultsOnly();

    [GeneratedRegex(@"`(\w+)\.(\w+Tests)`")]
    private static partial Regex NamedTest();
}
