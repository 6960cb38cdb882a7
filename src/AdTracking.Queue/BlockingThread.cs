namespace AdTracking.Queue;

/// <summary>Runs calls that block on a thread of their own. Code after an await may be on a thread that others need: the gateway's socket
/// engine runs completions inline, and a call into librdkafka that waits seconds for an absent broker would stop all of its
/// connections.</summary>
internal static class BlockingThread
{
    public static Task<T> RunAsync<T>(Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    public static Task RunAsync(Action call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
