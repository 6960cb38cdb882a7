namespace AdTracking.Emitter;

/// <summary>
/// Finds out what the pipeline needs before it can take events: partition counts from Kafka and schema ids. Tries until it has them,
/// with back-off and jitter, and looks for new partitions from time to time after that. Never on the path of an event.
/// </summary>
internal sealed class Readiness : IDisposable
{
    private const int MetadataMs = 5_000;
    private static readonly TimeSpan s_refresh = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_retryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_retryMax = TimeSpan.FromSeconds(15);
    private readonly PipelineOptions _options;
    private readonly PartitionMap _map;
    private readonly Func<IEventProducer> _producer;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<string> _problems = ["The pipeline is starting."];
    private Task _loop = Task.CompletedTask;

    public Readiness(PipelineOptions options, PartitionMap map, Func<IEventProducer> producer)
    {
        _options = options;
        _map = map;
        _producer = producer;
    }

    /// <summary>What is missing; empty once events can be taken.</summary>
    public IReadOnlyList<string> Problems => Volatile.Read(ref _problems);

    /// <summary>Completes when nothing is missing for the first time.</summary>
    public Task FirstReady => _ready.Task;

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Ends the loop; it may be in a call of up to five seconds.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _loop;
        }
        catch (OperationCanceledException)
        {
            // This is how it ends.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task LoopAsync()
    {
        TimeSpan retry = s_retryMin;
        while (true)
        {
            IReadOnlyList<string> problems = await TryAsync(_stop.Token);
            LogChange(problems);
            Volatile.Write(ref _problems, problems);
            TimeSpan pause = s_refresh;
            if (problems.Count == 0)
            {
                _ready.TrySetResult();
                retry = s_retryMin;
            }
            else
            {
                // Half of it fixed, half of it random: gateways that lost the same registry do not come back in step.
                pause = retry * (0.5 + (Random.Shared.NextDouble() * 0.5));
                retry = retry * 2 > s_retryMax ? s_retryMax : retry * 2;
            }

            await Task.Delay(pause, _options.TimeProvider, _stop.Token);
        }
    }

    private async Task<IReadOnlyList<string>> TryAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        ReadPartitionCounts(problems);
        SchemaResolution schemas = await _options.SchemaIds.ResolveAsync(cancellation);
        problems.AddRange(schemas.Problems);
        return problems;
    }

    private void ReadPartitionCounts(List<string> problems)
    {
        Span<int> counts = stackalloc int[EventTopics.Count];
        string? problem = _producer().TryReadPartitionCounts(counts, MetadataMs);
        if (problem is null)
            _map.Update(counts);
        PartitionTable table = _map.Current;
        if (table.IsComplete)
            return;
        if (problem is not null)
        {
            problems.Add($"Kafka at {_options.BootstrapServers} cannot be reached: {problem}");
            return;
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (table.Count((EventTopic)i) == 0)
                problems.Add($"Kafka has no topic {_options.Topics[(EventTopic)i]}.");
        }
    }

    private void LogChange(IReadOnlyList<string> problems)
    {
        if (problems.SequenceEqual(Problems, StringComparer.Ordinal))
            return;
        foreach (string problem in problems)
            _options.Log?.Invoke(EmitterLogLevel.Warning, "Not ready: " + problem);
        if (problems.Count == 0)
            _options.Log?.Invoke(EmitterLogLevel.Information, "Ready: topics and schema ids are known.");
    }
}
