namespace AdTracking.Testing;

/// <summary>A folder that goes when the test goes.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryDirectory(string name) => FullPath = Directory.CreateTempSubdirectory($"adtracking-{name}-").FullName;

    /// <summary>Its full path.</summary>
    public string FullPath { get; }

    /// <summary>A path in it.</summary>
    public string PathOf(string name) => Path.Combine(FullPath, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(FullPath))
        {
            Directory.Delete(FullPath, recursive: true);
        }
    }
}
