using AdTracking.Emitter;
using AdTracking.Gateway.Configuration;

namespace AdTracking.Gateway.Hosting;

/// <summary>Looks at a real cluster before events go there: is it the one the data directory belongs to, are the topics there and fit. What is
/// wrong stops the start; a cluster that does not answer yet is asked again until it does.</summary>
internal sealed class TopicGuard(
    GatewayOptions options, KafkaBackend kafka, DataDirectory directory, string registryName, StartGate gate, ILogger logger, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private Task _retry = Task.CompletedTask;

    /// <exception cref="StartRefusedException">The cluster answered and does not fit.</exception>
    public async Task StartAsync()
    {
        if (kafka.IsEmbedded)
        {
            directory.Claim(new DataOwner(DataOwner.Embedded, registryName));
            return;
        }

        var report = await LookAsync();
        if (!report.Reachable)
        {
            gate.Shut([.. report.Problems]);
            _retry = RetryAsync(_stop.Token);
            return;
        }

        if (report.Problems.Count > 0)
        {
            throw new StartRefusedException(ExitCode.Configuration, string.Join('\n', report.Problems));
        }

        directory.Claim(new DataOwner(report.ClusterId ?? kafka.BootstrapServers, registryName));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _retry.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RetryAsync(CancellationToken cancellation)
    {
        for (var pause = RetryMin; ; pause = pause * 2 > RetryMax ? RetryMax : pause * 2)
        {
            // Half of it by chance: gateways that lost the same cluster do not come back in step.
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() * 0.5)), clock, cancellation);
            var report = await LookAsync();
            var reasons = report.Problems.ToList();
            if (reasons.Count == 0)
            {
                try
                {
                    directory.Claim(new DataOwner(report.ClusterId ?? kafka.BootstrapServers, registryName));
                    gate.Open();
                    return;
                }
                catch (StartRefusedException refusal)
                {
                    reasons.Add(refusal.Message);
                }
            }

            if (!gate.Reasons.SequenceEqual(reasons))
            {
                reasons.ForEach(reason => Log.NotReady(logger, reason));
            }

            gate.Shut([.. reasons]);
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
