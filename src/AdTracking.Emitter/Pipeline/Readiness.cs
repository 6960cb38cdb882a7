using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Journal;

namespace AdTracking.Emitter.Pipeline;

/// <summary>Finds out what the pipeline needs before it can take events: partition counts from Kafka and schema ids. Tries until it has
/// them, with back-off and jitter, and looks for new partitions from time to time after that. Never on the path of an event.</summary>
internal sealed class Readiness : IDisposable
{
    private const int ListMs = 5_000;
    private const int TopicIdMs = 1_000;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(15);

    /// <summary>While the journal fills, what waits in it should not wait for this loop as well.</summary>
    private static readonly TimeSpan RetryMaxJournaling = TimeSpan.FromSeconds(1);
    private readonly PipelineOptions _options;
    private readonly PartitionMap _map;
    private readonly Func<IEventProducer> _producer;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly MetadataQuestion _question = new();
    private readonly bool _journals;
    private readonly SpillJournal? _journal;
    private readonly Marks? _marks;
    private readonly Func<IKafkaLog> _createLog;
    private IReadOnlyList<string> _problems = ["The pipeline is starting."];
    private bool _knowsTopicIds;
    private IReadOnlyList<string> _notices = [];
    private bool _foreign;
    private Task _loop = Task.CompletedTask;

    public Readiness(PipelineOptions options, PartitionMap map, Func<IEventProducer> producer, SpillJournal? journal, Marks? marks, Func<IKafkaLog> createLog)
    {
        _journal = journal;
        _marks = marks;
        _createLog = createLog;
        _options = options;
        _map = map;
        _producer = producer;
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

    /// <summary>Whether Kafka turned out to be another cluster than the one that events are kept for.</summary>
    public bool IsForeignCluster => Volatile.Read(ref _foreign);

    /// <summary>Completes when nothing is missing for the first time, Kafka included.</summary>
    public Task FirstReady => _ready.Task;

    private string? WantedCluster => _options.ClusterId ?? (_journal?.Found.ClusterIds is [string first, ..] ? first : null);

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>How long a question to Kafka may keep the loop from ending, in milliseconds.</summary>
    public int QuestionMs => _question.SliceMs;

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
            var missing = await TryOnceAsync(_stop.Token);
            var pause = Refresh;
            if (!missing)
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

        return await BlockingThread.RunAsync(() => AskKafka(schemas, cancellation));
    }

    private bool AskKafka(SchemaIdLookup schemas, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var notices = new List<string>();
        var absences = _journals ? notices : problems;
        ReadPartitionCounts(problems, absences, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (_journal is not null && _map.Current.IsComplete)
        {
            ListPartitions(absences);
        }

        Publish([.. problems, .. schemas.Problems], notices);
        if (Problems.Count + Notices.Count == 0)
        {
            _ready.TrySetResult();
        }

        if (_marks is not null && _map.Current.IsComplete && notices.Count == 0 && !cancellation.IsCancellationRequested)
        {
            ReadTopicIds(_marks);
        }

        return Problems.Count + Notices.Count > 0;
    }

    private void ReadPartitionCounts(List<string> problems, List<string> absences, CancellationToken cancellation)
    {
        Span<int> counts = stackalloc int[EventTopics.Count];
        var producer = _producer();
        var problem = _question.Ask(producer, counts, cancellation).Problem;
        if (problem is null && (IsUndecided(absences) || IsForeign(producer.ClusterId, problems)))
        {
            return;
        }

        if (problem is null)
        {
            _map.Update(counts);
        }

        var table = _map.Current;
        if (table.IsComplete)
        {
            return;
        }

        if (problem is not null)
        {
            absences.Add($"Kafka at {_options.BootstrapServers} cannot be reached: {problem}");
            return;
        }

        foreach (var topic in table.Missing)
        {
            absences.Add($"Kafka has no topic {_options.Topics[topic]}.");
        }
    }

    // Which cluster waiting events are for may stand in what is not read yet: then the partitions stay unknown for so long.
    private bool IsUndecided(List<string> absences)
    {
        if (_options.ClusterForgets || WantedCluster is not null || _journal is not { Found.IsPending: true })
        {
            return false;
        }

        absences.Add("The journal of the run before is being read; it may name the cluster that its events are for.");
        return true;
    }

    // Another cluster than the one that events are kept for gets nothing, and the partitions stay unknown.
    private bool IsForeign(string? found, List<string> problems)
    {
        Volatile.Write(ref _foreign, false);
        if (found is null || _options.ClusterForgets)
        {
            return false;
        }

        if (WantedCluster is { } wanted && found != wanted)
        {
            Volatile.Write(ref _foreign, true);
            problems.Add($"Kafka at {_options.BootstrapServers} is cluster {found}, and what is kept here is for cluster {wanted}: nothing is sent.");
            return true;
        }

        _journal?.SetCluster(found);
        return false;
    }

    // Marks need an offset for every partition before anything is handed over there.
    private void ListPartitions(List<string> absences)
    {
        PartitionState[] unlisted = [.. _map.Current.All.ToArray().Where(partition => !partition.IsListed)];
        if (unlisted.Length == 0)
        {
            return;
        }

        var ends = new long[unlisted.Length];
        if (!_options.ClusterForgets) // otherwise its log began with this process: below every first record
        {
            using var log = _createLog();
            log.ListEnds([.. unlisted.Select(partition => new LogPartition(partition.Topic, partition.Partition))], ends, ListMs);
        }

        var failed = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            if (ends[i] >= 0)
            {
                unlisted[i].List(ends[i] - 1);
            }
            else
            {
                failed++;
            }
        }

        if (failed > 0)
        {
            absences.Add($"{failed} partitions of Kafka at {_options.BootstrapServers} cannot be listed; nothing is sent to them.");
        }
    }

    // After the partitions are listed and events flow: a broker that does not know the question takes seconds to say nothing.
    private void ReadTopicIds(Marks marks)
    {
        if (_knowsTopicIds || _options.ClusterForgets)
        {
            return;
        }

        _knowsTopicIds = true;
        using var log = _createLog();
        marks.ReadTopicIds(log, TopicIdMs);
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
            _options.Log?.Invoke(EmitterLogLevel.Warning, "Not ready: " + problem);
        }

        foreach (var notice in notices)
        {
            _options.Log?.Invoke(EmitterLogLevel.Warning, "Events go to the journal: " + notice);
        }

        if (problems.Count == 0 && notices.Count == 0)
        {
            _options.Log?.Invoke(EmitterLogLevel.Information, "Ready: topics and schema ids are known.");
        }
    }
}
