namespace AdTracking.SchemaRegistry;

/// <summary>Answers by question: one request for all who ask at the same time, and for those who come later. A failure or a null is not
/// kept. A caller that gives up does not end the request that others wait for; its own limits do.</summary>
internal sealed class SharedAnswers<TKey, TAnswer>
    where TKey : notnull
    where TAnswer : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, Task<TAnswer?> Answer)>> _entries = [];
    private readonly LinkedList<(TKey Key, Task<TAnswer?> Answer)> _byUse = [];
    private readonly int _entriesMax;

    public SharedAnswers(int entriesMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(entriesMax);
        _entriesMax = entriesMax;
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public async Task<TAnswer?> GetAsync(TKey key, Func<Task<TAnswer?>> ask, CancellationToken cancellation)
    {
        (var answer, var mine) = FindOrAdd(key);
        if (mine is not null)
        {
            _ = AskAsync(key, ask, mine);
        }

        return await answer.WaitAsync(cancellation);
    }

    private (Task<TAnswer?> Answer, TaskCompletionSource<TAnswer?>? Mine) FindOrAdd(TKey key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var found))
            {
                _byUse.Remove(found);
                _byUse.AddFirst(found);
                return (found.Value.Answer, null);
            }

            TaskCompletionSource<TAnswer?> mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _entries.Add(key, _byUse.AddFirst((key, mine.Task)));
            if (_entries.Count > _entriesMax)
            {
                Remove(_byUse.Last!);
            }

            return (mine.Task, mine);
        }
    }

    private async Task AskAsync(TKey key, Func<Task<TAnswer?>> ask, TaskCompletionSource<TAnswer?> mine)
    {
        try
        {
            var answer = await ask();
            if (answer is null)
            {
                Forget(key, mine.Task);
            }

            mine.SetResult(answer);
        }
        catch (Exception fault)
        {
            Forget(key, mine.Task);
            mine.SetException(fault);
            _ = mine.Task.Exception; // seen, also where everybody has given up
        }
    }

    private void Forget(TKey key, Task<TAnswer?> answer)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var found) && found.Value.Answer == answer)
            {
                Remove(found);
            }
        }
    }

    private void Remove(LinkedListNode<(TKey Key, Task<TAnswer?> Answer)> entry)
    {
        _byUse.Remove(entry);
        _entries.Remove(entry.Value.Key);
    }
}
