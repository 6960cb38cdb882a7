using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

/// <summary>A copy of the sources in which the schema of impressions is changed, as a developer would, and the gateway that is built of it.</summary>
internal sealed class NextRevision : IDisposable
{
    private const string Schemas = "src/AdTracking.Events/Schemas";

    private const string Schema = Schemas + "/AdImpression.avsc";

    private readonly TemporaryDirectory _folder = new("next-revision");

    /// <summary>Copies the sources.</summary>
    public NextRevision()
    {
        string[] files = ["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "docs/events.md", "eng/BannedSymbols.txt"];
        Array.ForEach(files, Copy);
        foreach (var folder in (string[])["src", "schemas"])
        {
            foreach (var path in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories).Where(IsSource))
            {
                Copy(Path.GetRelativePath(Repository.Root, path));
            }
        }
    }

    /// <summary>The file of the changed schema.</summary>
    public string SchemaFile => PathOf(Schema);

    /// <summary>What tells the schema tool where schemas and released versions are.</summary>
    public string[] Folders => ["--schemas", PathOf(Schemas), "--released", PathOf("schemas/released")];

    /// <summary>The gateway of this revision, for <see cref="GatewayProcess"/>: started in the place of the usual one.</summary>
    public ProcessWrapper Gateway =>
        new(["bash", "-c", $"shift; exec '{PathOf("src/AdTracking.Gateway/bin/Release/net10.0/adtracking-gateway")}' \"$@\"", "gateway"]);

    /// <summary>Adds a field at the end of the schema and gives its line.</summary>
    public int Add(string field)
    {
        var text = File.ReadAllText(PathOf(Schema)).TrimEnd();
        var end = text.LastIndexOf("}\n  ]", StringComparison.Ordinal);
        File.WriteAllText(PathOf(Schema), $"{text[..end]}}},\n    {field}\n  ]\n}}\n");
        return text[..end].Count(c => c == '\n') + 2;
    }

    /// <summary>Replaces the field that <see cref="Add"/> added.</summary>
    public void Replace(string field, string by) =>
        File.WriteAllText(PathOf(Schema), File.ReadAllText(PathOf(Schema)).Replace(field, by, StringComparison.Ordinal));

    /// <summary>Builds a project; <paramref name="target"/> is another target than the build.</summary>
    public Task<ProcessOutcome> BuildAsync(string project, string target = "Build") => ToolProcess.RunAsync(
        "dotnet",
        [
            "build", PathOf($"src/{project}"), "-c", "Release", $"-t:{target}", "-v:quiet", "-nologo", "-p:RunAnalyzers=false",
            .. CompilerProcess.Arguments, $"-p:RestorePackagesPath={Repository.PathOf(".nuget", "packages")}",
            $"-p:RestoreAdditionalProjectSources={Sources()}",
        ],
        TimeSpan.FromMinutes(8),
        directory: _folder.FullPath);

    /// <summary>Where a file of it is.</summary>
    public string PathOf(string file) => _folder.PathOf(file);

    /// <summary>Writes a file that the sources do not have.</summary>
    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Dispose() => _folder.Dispose();

    // A librdkafka that was built here is in a folder of the checkout.
    private static string Sources() => Directory.Exists(Repository.PathOf(".nuget", "local")) ? Repository.PathOf(".nuget", "local") : "";

    private static bool IsSource(string path) =>
        !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal);

    private void Copy(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.Copy(Repository.PathOf(file), PathOf(file));
    }
}
