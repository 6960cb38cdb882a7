namespace AdTracking.Gateway.Hosting;

/// <summary>Lets a part that ends at once stand among those that take time.</summary>
internal sealed class DisposesLater(IDisposable part) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        part.Dispose();
        return ValueTask.CompletedTask;
    }
}
