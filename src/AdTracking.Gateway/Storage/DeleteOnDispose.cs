namespace AdTracking.Gateway.Storage;

/// <summary>Removes a file at the end.</summary>
internal sealed class DeleteOnDispose(string path) : IDisposable
{
    public void Dispose() => File.Delete(path);
}
