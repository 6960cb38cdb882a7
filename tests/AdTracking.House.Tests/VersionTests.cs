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
            .ShouldAllBe(version => Exact().IsMatch(version));

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
    public void LocalLibrdkafka_Version_IsTheCentralOne()
    {
        var central = Central.Descendants("PackageVersion").Single(row => row.Attribute("Include")!.Value == "librdkafka.redist");
        Repository.Read("eng/librdkafka/build.sh").ShouldContain($"version={central.Attribute("Version")!.Value.Trim('[', ']')} ");
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
