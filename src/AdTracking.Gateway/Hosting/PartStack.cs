namespace AdTracking.Gateway.Hosting;

/// <summary>Parts that have been started. They end in the opposite order.</summary>
internal sealed class PartStack : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    /// <summary>Keeps a part, and gives it back.</summary>
    public T Track<T>(T part)
        where T : class
    {
        _parts.Push(part as IAsyncDisposable ?? AsyncDisposable.From((IDisposable)part));
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }
}

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
