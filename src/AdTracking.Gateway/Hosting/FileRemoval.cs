namespace AdTracking.Gateway.Hosting;

/// <summary>Removes a file at the end.</summary>
internal sealed class FileRemoval(string path) : IDisposable
{
    public void Dispose() => File.Delete(path);
}
