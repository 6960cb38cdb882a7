using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Backends;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Readiness;
using AdTracking.Gateway.Storage;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;

namespace AdTracking.Gateway.Hosting;

/// <summary>Starts the pipeline with the gateway's settings.</summary>
internal sealed class PipelineStart(
    GatewayOptions options, KafkaBackend kafka, RegistryBackend registry, DataDirectory directory, ClusterCheck guard, TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan KafkaWait = TimeSpan.FromSeconds(5);

    /// <summary>For the schema ids, when Kafka is known to be away and the journal does not need it.</summary>
    private static readonly TimeSpan JournalWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts it; once <paramref name="listening"/> has completed, it reads what an earlier run left.</summary>
    /// <exception cref="StartRefusedException">The settings or the journal's directory are not usable.</exception>
    public async Task<EventPipeline> RunAsync(Ledger ledger, bool isKafkaSeen, Task listening, CancellationToken cancellation)
    {
        try
        {
            return await EventPipeline.StartAsync(Options(ledger, isKafkaSeen, listening), cancellation);
        }
        catch (KafkaConfigurationException wrong)
        {
            throw new StartRefusedException(ExitCode.Configuration, string.Join('\n', wrong.Problems.Select(SettingNames.Translate)), wrong);
        }
        catch (JournalException unusable)
        {
            throw new StartRefusedException(
                ExitCode.DataDirectory, $"The journal in {directory.JournalPath} cannot be used: {unusable.Message}", unusable);
        }
    }

    private PipelineOptions Options(Ledger ledger, bool isKafkaSeen, Task listening) => PipelineSettings.Of(options) with
    {
        BootstrapServers = kafka.BootstrapServers,
        ClusterId = kafka.IsEmbedded ? null : directory.ReadOwner()?.Kafka,
        ClusterForgets = kafka.IsEmbedded,
        JudgeCluster = kafka.IsEmbedded ? null : guard.JudgeAsync,
        SchemaIds = registry.SchemaIds(kafka.Topics, directory, logger),
        JournalDirectory = directory.JournalPath,
        RecoverAfter = listening,
        Ledger = ledger,
        InlineContinuations = true,
        StartWait = isKafkaSeen || options.Http.Ack == AckLevel.Kafka ? KafkaWait : JournalWait,
        TimeProvider = clock,
        Logger = logger,
    };
}
