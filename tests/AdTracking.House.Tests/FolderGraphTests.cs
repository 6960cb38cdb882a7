namespace AdTracking.House.Tests;

/// <summary>Folders are namespaces, and their graph has no circle: a reader can take a folder by itself.</summary>
public sealed class FolderGraphTests
{
    [Fact]
    public void Namespaces_EveryProject_AreItsFolders() => Repository.Files(".cs", "src")
        .Where(path => DeclaredNamespace(Repository.Read(path)) is { } declared && declared != NamespaceOf(path)).ShouldBeEmpty();

    [Fact]
    public void Folders_EveryProject_HaveNoCircle()
    {
        var broken = new List<string>();
        foreach (var project in Projects())
        {
            var graph = new FolderGraph(Repository.Files(".cs", $"src/{project}").Select(path => (path[$"src/{project}/".Length..], Repository.Read(path))));
            broken.AddRange(graph.Circles().Select(circle => $"{project}, circle: {circle}"));
            broken.AddRange(graph.MutualPairs().Select(pair => $"{project}, each uses the other: {pair}"));
        }

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Circles_ThreeFoldersInARing_AreFound()
    {
        var ring = new FolderGraph([
            ("A/One.cs", "namespace P.A; class One { Two two; }"), ("B/Two.cs", "namespace P.B; class Two { Three three; }"),
            ("C/Three.cs", "namespace P.C; class Three { One one; }"), ("D/Four.cs", "namespace P.D; class Four { One one; }")]);

        ring.Circles().ShouldBe(["A B C"]);
        ring.MutualPairs().ShouldBeEmpty();
    }

    [Fact]
    public void MutualPairs_TwoFolders_AreFoundWithTheirUses() => new FolderGraph([
        ("A/One.cs", "namespace P.A; class One { Two two; }"), ("B/Generated/Two.g.cs", "namespace P.B; class Two { One one; }")])
        .MutualPairs().ShouldBe(["A <-> B: A/One.cs uses Two; B/Generated/Two.g.cs uses One"]);

    private static IEnumerable<string> Projects() => Repository.Files(".csproj", "src").Select(path => path.Split('/')[1]);

    private static string? DeclaredNamespace(string text)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        return line?["namespace ".Length..].TrimEnd(';', '\r', ' ');
    }

    private static string NamespaceOf(string path) => string.Join('.', path.Split('/')[1..^1].Where(part => part != "Generated"));
}
