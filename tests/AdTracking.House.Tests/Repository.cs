using System.Reflection;

namespace AdTracking.House.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", ".nuget", ".git", "node_modules", "artifacts", "data"];

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Files with the given ending, as paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string ending, string under = "") =>
        [.. Walk(Path.Combine(Root, under)).Where(path => path.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>C# files that people write: not generated ones.</summary>
    public static IReadOnlyList<string> Sources() => [.. Files(".cs").Where(path => !path.EndsWith(".g.cs", StringComparison.Ordinal))];

    private static IEnumerable<string> Walk(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var child in Directory.EnumerateDirectories(directory))
        {
            if (NotOurs.Contains(Path.GetFileName(child)))
            {
                continue;
            }

            foreach (var file in Walk(child))
            {
                yield return file;
            }
        }
    }
}
