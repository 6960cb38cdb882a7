using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Logging;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;

namespace AdTracking.Emitter.Pipeline;

/// <summary>The one loop that knows what events need on their way: cluster, topics, partitions and schema ids. It tries until it has them, with
/// back-off and jitter, and looks for new partitions from time to time after that. Never on the path of an event.</summary>
internal sealed class MetadataRefresher : IDisposable
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(15);

    /// <summary>While the journal fills, what waits in it should not wait for this loop as well.</summary>
    private static readonly TimeSpan RetryMaxJournaling = TimeSpan.FromSeconds(1);

    private readonly PipelineOptions _options;
    private readonly PartitionMap _map;
    private readonly Func<IEventProducer> _producer;
    private readonly ClusterAdmission _cluster;
    private readonly PartitionLister? _lister;
    private readonly MetadataQuestion _question = new();
    private readonly int[] _counts = new int[EventTopics.Count];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _journals;
    private IReadOnlyList<string> _problems = ["The pipeline is starting."];
    private IReadOnlyList<string> _notices = [];
    private Task _loop = Task.CompletedTask;

    public MetadataRefresher(PipelineOptions options, PipelineCore core, Func<IEventProducer> producer, Func<IKafkaLog> createLog)
    {
        _options = options;
        _map = core.Map;
        _producer = producer;
        _cluster = new ClusterAdmission(options, core.Journal);
        _lister = core.Marks is null ? null : new PartitionLister(options, core.Map, core.Marks, createLog);
        _journals = options.Ack != AckLevel.Kafka;
        if (_journals)
        {
            _notices = [$"Kafka at {options.BootstrapServers} has not answered yet."];
        }
    }

    /// <summary>What is missing; empty once events can be taken.</summary>
    public IReadOnlyList<string> Problems => Volatile.Read(ref _problems);

    /// <summary>What keeps events from Kafka while the journal takes them.</summary>
    public IReadOnlyList<string> Notices => Volatile.Read(ref _notices);

    /// <summary>Whether Kafka has answered, and events must not go there.</summary>
    public bool IsClusterRefused => _cluster.IsRefused;

    /// <summary>Completes when nothing is missing for the first time, Kafka included.</summary>
    public Task FirstReady => _ready.Task;

    /// <summary>How long a question to Kafka may keep the loop from ending, in milliseconds.</summary>
    public int QuestionMs => _question.SliceMs;

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Asks nothing more, and does not wait for the question that is on its way.</summary>
    public void Cancel() => _stop.Cancel();

    /// <summary>Ends the loop, after the question that is on its way.</summary>
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
        var retry = RetryMin;
        while (true)
        {
            var isMissing = await TryOnceAsync(_stop.Token);
            var pause = _options.MetadataAge;
            if (!isMissing)
            {
                _ready.TrySetResult();
                retry = RetryMin;
            }
            else
            {
                // Half of it fixed, half of it random: gateways that lost the same registry do not come back in step.
                pause = retry * (0.5 + (Random.Shared.NextDouble() * 0.5));
                var longest = _journals && Problems.Count == 0 ? RetryMaxJournaling : RetryMax;
                retry = retry * 2 > longest ? longest : retry * 2;
            }

            await Task.Delay(pause, _options.TimeProvider, _stop.Token);
        }
    }

    // librdkafka may refuse settings for reading the log that it takes for sending: then the state has to say so, and the loop goes on.
    private async Task<bool> TryOnceAsync(CancellationToken cancellation)
    {
        try
        {
            return await TryAsync(cancellation);
        }
        catch (KafkaConfigurationException refused)
        {
            Publish([refused.Message], Notices);
            return true;
        }
    }

    // Schema ids first: without them nothing can be stored, and Kafka may take seconds to say nothing.
    private async Task<bool> TryAsync(CancellationToken cancellation)
    {
        var schemas = await _options.SchemaIds.ResolveAsync(cancellation);
        if (_journals)
        {
            Publish(schemas.Problems, Notices);
        }

        var missing = new MissingParts(_journals);
        var answer = await AskAsync(cancellation);
        var isAdmitted = answer.Problem is null && await AdmitAsync(missing, cancellation);
        return await BlockingThread.RunAsync(() => Finish(schemas, answer, isAdmitted, missing, cancellation));
    }

    private Task<MetadataAnswer> AskAsync(CancellationToken cancellation) =>
        BlockingThread.RunAsync(() => _question.Ask(_producer(), _counts, cancellation));

    // The host may have made topics that were missing: then Kafka is asked once more.
    private async Task<bool> AdmitAsync(MissingParts missing, CancellationToken cancellation)
    {
        var cluster = _producer().ClusterId;
        var isNew = _cluster.IsNew(cluster);
        if (!await _cluster.TryAdmitAsync(cluster, missing, cancellation))
        {
            return false;
        }

        return !isNew || (await AskAsync(cancellation)).Problem is null;
    }

    private bool Finish(SchemaIdLookup schemas, MetadataAnswer answer, bool isAdmitted, MissingParts missing, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (isAdmitted)
        {
            _map.Update(_counts);
        }

        AddAbsences(answer, isAdmitted, missing);
        var areKnown = _map.Current.IsComplete;
        if (areKnown)
        {
            _lister?.ListPartitions(missing);
        }

        Publish([.. missing.Problems, .. schemas.Problems], missing.Notices);
        var isMissing = Problems.Count + Notices.Count > 0;
        if (!isMissing)
        {
            _ready.TrySetResult();
        }

        if (areKnown && missing.Notices.Count == 0 && !cancellation.IsCancellationRequested)
        {
            _lister?.ReadTopicIds();
        }

        return isMissing;
    }

    // What is known stays known: a Kafka that is away for a while makes no partition unknown.
    private void AddAbsences(MetadataAnswer answer, bool isAdmitted, MissingParts missing)
    {
        if (_map.Current.IsComplete)
        {
            return;
        }

        if (answer.Problem is { } problem)
        {
            missing.Absences.Add($"Kafka at {_options.BootstrapServers} cannot be reached: {problem}");
        }
        else if (isAdmitted)
        {
            missing.Absences.AddRange(_map.Current.Missing.Select(topic => $"Kafka has no topic {_options.Topics[topic]}."));
        }
        else if (missing.Problems.Count + missing.Notices.Count == 0)
        {
            missing.Absences.Add($"Kafka at {_options.BootstrapServers} has not answered yet.");
        }
    }

    private void Publish(IReadOnlyList<string> problems, IReadOnlyList<string> notices)
    {
        var changed = !problems.SequenceEqual(Problems, StringComparer.Ordinal) || !notices.SequenceEqual(Notices, StringComparer.Ordinal);
        Volatile.Write(ref _problems, problems);
        Volatile.Write(ref _notices, notices);
        if (!changed)
        {
            return;
        }

        foreach (var problem in problems)
        {
            EmitterLog.NotReady(_options.Logger, problem);
        }

        foreach (var notice in notices)
        {
            EmitterLog.Journaling(_options.Logger, notice);
        }

        if (problems.Count == 0 && notices.Count == 0)
        {
            EmitterLog.Ready(_options.Logger);
        }
    }
}
