using AdTracking.Emitter;
using AdTracking.Gateway.Configuration;

namespace AdTracking.Gateway.Hosting;

/// <summary>Looks at a cluster before events go there: are the topics there and fit, and is it the cluster that the data directory belongs to.
/// What is wrong stops the start; a cluster that does not answer yet is asked again until it does, and until then the door is shut.</summary>
internal sealed class TopicGuard(
    GatewayOptions options, KafkaBackend kafka, DataDirectory directory, string registryName, StartGate gate, ILogger logger, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private Task _retry = Task.CompletedTask;
    private bool _areTopicsFit;

    /// <summary>Before the pipeline starts, which asks for the topics and would find none.</summary>
    /// <exception cref="StartRefusedException">The cluster answered and its topics do not fit.</exception>
    public async Task CheckTopicsAsync()
    {
        if (kafka.IsEmbedded)
        {
            _areTopicsFit = true;
            return;
        }

        var report = await LookAsync();
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

        gate.Shut($"Kafka at {kafka.BootstrapServers} has not answered yet: whether it is the right cluster is not known.");
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
        for (var pause = RetryMin; ; pause = pause * 2 > RetryMax ? RetryMax : pause * 2)
        {
            // Half of it by chance: gateways that lost the same cluster do not come back in step.
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() * 0.5)), clock, cancellation);
            var reason = await TryAsync(pipeline);
            if (reason is null)
            {
                gate.Open();
                return;
            }

            if (!gate.Reasons.Contains(reason))
            {
                Log.NotReady(logger, reason);
            }

            gate.Shut(reason);
        }
    }

    private async Task<string?> TryAsync(EventPipeline pipeline)
    {
        if (!_areTopicsFit)
        {
            var report = await LookAsync();
            if (report.Problems.Count > 0)
            {
                return string.Join(' ', report.Problems);
            }

            _areTopicsFit = true;
        }

        if (pipeline.ClusterId is not { } cluster)
        {
            return $"Kafka at {kafka.BootstrapServers} has not said yet which cluster it is.";
        }

        try
        {
            directory.Claim(new DataOwner(cluster, registryName));
            return null;
        }
        catch (StartRefusedException refusal)
        {
            return refusal.Message;
        }
    }

    private async Task<TopicReport> LookAsync()
    {
        var report = await TopicAdmin.EnsureAsync(new TopicAdminOptions
        {
            BootstrapServers = kafka.BootstrapServers,
            KafkaProperties = options.Kafka.Properties,
            Topics = kafka.Topics,
            PartitionCount = options.Topics.PartitionCount,
            Create = options.Topics.Create,
            Timeout = QuestionLimit,
        });
        foreach (var topic in report.Created)
        {
            Log.TopicCreated(logger, topic, options.Topics.PartitionCount);
        }

        foreach (var warning in report.Warnings)
        {
            Log.TopicWarning(logger, warning);
        }

        return report;
    }
}
