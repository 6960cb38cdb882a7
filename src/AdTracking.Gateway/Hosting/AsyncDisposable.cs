namespace AdTracking.Gateway.Hosting;

/// <summary>Lets a part that ends at once stand among those that take time.</summary>
internal sealed class AsyncDisposable : IAsyncDisposable
{
    private readonly IDisposable _part;

    private AsyncDisposable(IDisposable part)
    {
        _part = part;
    }

    public static AsyncDisposable From(IDisposable part) => new(part);

    public ValueTask DisposeAsync()
    {
        _part.Dispose();
        return ValueTask.CompletedTask;
    }
}
