namespace AdTracking.Kafka.Authentication;

/// <summary>A token in a file, read again for every connection: whoever renews it replaces the file.</summary>
internal sealed class FileTokenSource(string path) : ITokenSource
{
    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellation)).Trim();
            return token.Length > 0 ? token : throw new SaslException($"The token file {path} is empty.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SaslException($"The token file {path} cannot be read: {failure.Message}", failure);
        }
    }
}
