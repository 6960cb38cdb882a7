using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Backends;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Storage;
using AdTracking.Queue;

namespace AdTracking.Gateway.Readiness;

/// <summary>Looks at a cluster before events go there: are the topics there and fit, and is it the cluster that the data directory belongs to.
/// What is wrong stops the start; a cluster that does not answer yet is asked again until it does, and until then the door is shut.</summary>
internal sealed class ClusterCheck(
    GatewayOptions options, KafkaBackend kafka, DataDirectory directory, string registryName, IntakeGate gate, ILogger logger, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(5);

    /// <summary>At the start, when events can be stored without an answer: the journal takes them meanwhile.</summary>
    private static readonly TimeSpan QuestionLimitJournaling = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryMaxJournaling = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly bool _journals = options.Http.Ack != AckLevel.Kafka;
    private Task _retry = Task.CompletedTask;
    private volatile IReadOnlyList<string> _warnings = [];
    private volatile string? _notice;
    private bool _areTopicsFit;

    /// <summary>What is not known about Kafka yet, while the door is open all the same; null when all is.</summary>
    public string? Notice => _notice;

    /// <summary>What is weak about the topics, such as one replica only.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether Kafka has answered.</summary>
    public bool IsKafkaSeen => _areTopicsFit;

    /// <summary>Before the pipeline starts, which asks for the topics and would find none.</summary>
    /// <exception cref="StartRefusedException">The cluster answered and its topics do not fit, or the directory is another registry's.</exception>
    public async Task CheckTopicsAsync(CancellationToken cancellation)
    {
        var owner = directory.ReadOwner();
        if (owner is not null && owner.Registry != registryName)
        {
            // Said now, since with Kafka away there may be no claim for hours, and the journal's schema ids are the other registry's.
            directory.Claim(owner with { Registry = registryName });
        }

        if (kafka.IsEmbedded)
        {
            directory.Claim(new DataOwner(DataOwner.Embedded, registryName));
            _areTopicsFit = true;
            return;
        }

        var report = await LookAsync(isImpatient: _journals && (owner is not null || directory.HasJournal), cancellation);
        if (report.Reachable && report.Problems.Count > 0)
        {
            throw new StartRefusedException(ExitCode.Configuration, string.Join('\n', report.Problems));
        }

        _areTopicsFit = report.Reachable;
    }

    /// <summary>Before the listener starts, so that no event gets in for another cluster than the directory's.</summary>
    /// <exception cref="StartRefusedException">The directory belongs to another cluster or registry.</exception>
    public void CheckOwner(EventPipeline pipeline)
    {
        var cluster = kafka.IsEmbedded ? DataOwner.Embedded : pipeline.ClusterId;
        if (_areTopicsFit && cluster is not null)
        {
            directory.Claim(new DataOwner(cluster, registryName));
            return;
        }

        var reason = $"Kafka at {kafka.BootstrapServers} has not answered yet: whether it is the right cluster is not known.";
        if (_journals)
        {
            _notice = reason;
            Log.Journaling(logger, reason);
        }
        else
        {
            gate.Shut(reason);
        }

        _retry = RetryAsync(pipeline, _stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _retry.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RetryAsync(EventPipeline pipeline, CancellationToken cancellation)
    {
        var longest = _journals ? RetryMaxJournaling : RetryMax;
        for (var pause = RetryMin; ; pause = pause * 2 > longest ? longest : pause * 2)
        {
            // Half of it by chance: gateways that lost the same cluster do not come back in step.
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() * 0.5)), clock, cancellation);
            var (reason, isAnswer) = await TryAsync(pipeline, cancellation);
            if (reason is null)
            {
                _notice = null;
                gate.Open();
                return;
            }

            if (_journals && !isAnswer)
            {
                _notice = reason;
                continue;
            }

            if (!gate.Reasons.Contains(reason))
            {
                Log.NotReady(logger, reason);
            }

            _notice = null;
            gate.Shut(reason);
        }
    }

    /// <summary>What is wrong, and whether that is Kafka's answer or the lack of one.</summary>
    private async Task<(string? Reason, bool IsAnswer)> TryAsync(EventPipeline pipeline, CancellationToken cancellation)
    {
        if (!_areTopicsFit)
        {
            var report = await LookAsync(isImpatient: false, cancellation);
            if (report.Problems.Count > 0)
            {
                return (string.Join(' ', report.Problems), report.Reachable);
            }

            _areTopicsFit = true;
        }

        if (pipeline.ClusterId is not { } cluster)
        {
            return ($"Kafka at {kafka.BootstrapServers} has not said yet which cluster it is.", IsAnswer: false);
        }

        try
        {
            directory.Claim(new DataOwner(cluster, registryName));
            return (null, IsAnswer: true);
        }
        catch (StartRefusedException refusal)
        {
            return (refusal.Message, IsAnswer: true);
        }
    }

    private async Task<TopicReport> LookAsync(bool isImpatient, CancellationToken cancellation)
    {
        var wanted = new TopicAdminOptions
        {
            BootstrapServers = kafka.BootstrapServers,
            KafkaProperties = options.Kafka.Properties,
            Topics = kafka.Topics,
            PartitionCount = options.Topics.PartitionCount,
            Create = options.Topics.Create,
            Timeout = isImpatient ? QuestionLimitJournaling : QuestionLimit,
            IsImpatient = isImpatient,
        };
        var report = await TopicAdmin.EnsureAsync(wanted, cancellation);
        foreach (var topic in report.Created)
        {
            Log.TopicCreated(logger, topic, options.Topics.PartitionCount);
        }

        foreach (var warning in report.Warnings.Except(_warnings))
        {
            Log.TopicWarning(logger, warning);
        }

        _warnings = report.Warnings;
        return report;
    }
}
