using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Backends;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Storage;
using AdTracking.Queue;

namespace AdTracking.Gateway.Readiness;

/// <summary>The gateway's say about a cluster: are the topics there and fit, and is it the cluster that the data directory belongs to? Asked once
/// before the pipeline starts, where what is wrong ends the start, and by the pipeline's loop when Kafka answers only later.</summary>
internal sealed class ClusterCheck(GatewayOptions options, KafkaBackend kafka, DataDirectory directory, string registryName, ILogger logger)
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(5);

    /// <summary>At the start, when events can be stored without an answer: the journal takes them meanwhile.</summary>
    private static readonly TimeSpan QuestionLimitJournaling = TimeSpan.FromMilliseconds(500);

    private readonly bool _journals = options.Http.Ack != AckLevel.Kafka;
    private volatile IReadOnlyList<string> _warnings = [];
    private volatile bool _areTopicsFit;

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
        if (_areTopicsFit && !kafka.IsEmbedded && pipeline.ClusterId is { } cluster)
        {
            directory.Claim(new DataOwner(cluster, registryName));
        }
    }

    /// <summary>Whether events may go to a cluster that has answered.</summary>
    public async Task<ClusterVerdict> JudgeAsync(string cluster, CancellationToken cancellation)
    {
        if (!_areTopicsFit)
        {
            var report = await LookAsync(isImpatient: false, cancellation);
            if (report.Problems.Count > 0)
            {
                return report.Reachable ? ClusterVerdict.Refused(report.Problems) : ClusterVerdict.Unknown(report.Problems);
            }

            _areTopicsFit = true;
        }

        try
        {
            directory.Claim(new DataOwner(cluster, registryName));
            return ClusterVerdict.Admitted;
        }
        catch (StartRefusedException refusal) when (refusal.InnerException is IOException or UnauthorizedAccessException)
        {
            // The disk says no, not the directory's owner: that may pass.
            return ClusterVerdict.Unknown(refusal.Message);
        }
        catch (StartRefusedException refusal)
        {
            return ClusterVerdict.Refused(refusal.Message);
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
        var found = await TopicAdmin.EnsureAsync(wanted, cancellation);
        var report = found with
        {
            Problems = [.. found.Problems.Select(SettingNames.Translate)],
            Warnings = [.. found.Warnings.Select(SettingNames.Translate)],
        };
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
