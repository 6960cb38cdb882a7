using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AdTracking.House.Tests;

/// <summary>Versions stand once, centrally and exactly; what repeats one agrees with it.</summary>
public sealed partial class VersionTests
{
    private static readonly XDocument Central = XDocument.Parse(Repository.Read("Directory.Packages.props"));

    [Fact]
    public void PackageVersions_Central_AreExact() =>
        Central.Descendants("PackageVersion").Select(row => row.Attribute("Version")!.Value)
            .ShouldAllBe(version => Exact().IsMatch(version) || version == "[$(ConfluentVersion)]");

    [Fact]
    public void PackageVersions_Projects_NameNone() =>
        Repository.Files(".csproj").Where(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference")
            .Any(row => row.Attribute("Version") is not null || row.Attribute("VersionOverride") is not null)).ShouldBeEmpty();

    [Fact]
    public void PackageVersions_Central_AreAllUsed()
    {
        var used = Repository.Files(".csproj").Concat(Repository.Files(".props"))
            .SelectMany(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference"))
            .Select(row => row.Attribute("Include")?.Value).ToHashSet();
        Central.Descendants("PackageVersion").Select(row => row.Attribute("Include")!.Value)
            .Where(name => !used.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void ConfluentVersion_ScriptThatBuildsLibrdkafka_NamesTheSame()
    {
        var versions = Central.Descendants("ConfluentVersion").ToList();
        var script = Repository.Read("eng/librdkafka/build.sh");

        versions.Select(row => $"[{row.Value}]").ShouldAllBe(version => Exact().IsMatch(version));
        versions.Count.ShouldBe(2);
        script.ShouldContain($"published={versions[0].Value} ");
        script.ShouldContain($"version={versions[1].Value} ");
        versions[1].Attribute("Condition")!.Value.ShouldContain($".nuget/local/librdkafka.redist.{versions[1].Value}.nupkg");
        Central.Descendants("PackageVersion").Where(row => row.Attribute("Version")!.Value == "[$(ConfluentVersion)]")
            .Select(row => row.Attribute("Include")!.Value).ShouldContain("librdkafka.redist");
    }

    [Fact]
    public void NodePackages_Versions_AreExactAndNameNoRegistry()
    {
        foreach (var path in Repository.Files("package.json"))
        {
            Dependency().Matches(Repository.Read(path)).Select(match => match.Groups[1].Value)
                .ShouldAllBe(version => char.IsAsciiDigit(version[0]));
        }

        foreach (var path in Repository.Files("package-lock.json"))
        {
            Repository.Read(path).ShouldNotContain("\"resolved\": \"http");
        }
    }

    [GeneratedRegex(@"^\[\d+\.\d+\.\d+\]$")]
    private static partial Regex Exact();

    [GeneratedRegex("""^    "@?[a-z][^"]*": "([^"]+)",?$""", RegexOptions.Multiline)]
    private static partial Regex Dependency();
}
