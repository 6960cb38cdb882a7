namespace AdTracking.Testing;

/// <summary>Where this checkout and its neighbours lie on disk.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>AdTracking.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build configuration of the running tests: the products under test are taken from the same one.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent?.Name ?? "Debug";

    /// <summary>A path under the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A folder beside the checkout, under <c>../shared</c>, or null.</summary>
    public static string? Shared(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", name));
        return Directory.Exists(path) ? path : null;
    }

    /// <summary>The built executable of a project under <c>src</c>.</summary>
    public static string Executable(string project, string assemblyName) =>
        PathOf("src", project, "bin", Configuration, "net10.0", assemblyName);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AdTracking.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No AdTracking.sln above {AppContext.BaseDirectory}");
    }
}
