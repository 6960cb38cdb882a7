using AdTracking.Queue;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Emitter.Kafka;

/// <summary>Looks at the topics at start: makes those that are missing, and says what does not fit. Not for the embedded Kafka, which has
/// no admin interface and whose topics exist already.</summary>
public static class TopicAdmin
{
    /// <summary>For topics that were just made: two seconds with the pauses between.</summary>
    private const int ReadsMax = 40;
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks, creates where allowed, and reports. Throws only for settings that librdkafka refuses.</summary>
    /// <param name="options">What the topics should be like.</param>
    /// <param name="cancellation">Ends the wait for a cluster that does not answer.</param>
    /// <exception cref="OperationCanceledException">It was ended before the cluster answered.</exception>
    public static async Task<TopicReport> EnsureAsync(TopicAdminOptions options, CancellationToken cancellation = default)
    {
        var allAreDown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var admin = AdminSecurity.NewBuilder(options.BootstrapServers, options.KafkaProperties).SetLogHandler((_, _) => { }).SetErrorHandler(OnError).Build();
        var findings = new TopicFindings();
        var work = Task.CompletedTask;
        try
        {
            var reading = ReadAsync(admin, options);
            work = reading;
            if (options.IsImpatient && await Task.WhenAny(reading, allAreDown.Task).WaitAsync(cancellation) != reading)
            {
                return Unreachable(options, findings, "every broker refuses the connection");
            }

            var found = await reading.WaitAsync(cancellation);
            string[] missing = [.. options.Topics.All.Where(name => !found.ContainsKey(name))];
            if (missing.Length > 0)
            {
                await CreateAsync(admin, options, missing, findings);
                found = await ReadMadeAsync(admin, options, findings.Created, cancellation);
            }

            TopicChecks.Partitions(options, found, findings);
            await CheckConfigurationAsync(admin, options, found.Keys, findings);
            return findings.Report(reachable: true);
        }
        catch (KafkaException failure)
        {
            return Unreachable(options, findings, failure.Error.Reason);
        }
        finally
        {
            // A question that nobody waits for any more ends first.
            var end = BlockingThread.RunAsync(() => End(work, admin));
            if (work.IsCompleted)
            {
                await end;
            }
        }

        void OnError(IAdminClient client, Error error)
        {
            if (error.Code == ErrorCode.Local_AllBrokersDown)
            {
                allAreDown.TrySetResult();
            }
        }
    }

    private static void End(Task work, IAdminClient admin)
    {
        try
        {
            work.GetAwaiter().GetResult();
        }
        catch (KafkaException)
        {
            // It has been said, or nobody waits for it.
        }

        admin.Dispose();
    }

    private static TopicReport Unreachable(TopicAdminOptions options, TopicFindings findings, string reason)
    {
        findings.Problems.Add($"Kafka at {options.BootstrapServers} cannot be asked about its topics: {reason}");
        return findings.Report(reachable: false);
    }

    /// <summary>The command that makes a topic.</summary>
    public static string CreateCommand(TopicAdminOptions options, string topic) =>
        $"kafka-topics.sh --bootstrap-server {options.BootstrapServers} --create --topic {topic} --partitions {options.PartitionCount}";

    private static async Task<Dictionary<string, TopicMetadata>> ReadAsync(IAdminClient admin, TopicAdminOptions options)
    {
        // All topics: to ask for one by name would create it where brokers do that.
        var names = new HashSet<string>(options.Topics.All, StringComparer.Ordinal);
        var metadata = await BlockingThread.RunAsync(() => admin.GetMetadata(options.Timeout));
        return metadata.Topics
            .Where(topic => names.Contains(topic.Topic) && !topic.Error.IsError)
            .ToDictionary(topic => topic.Topic, StringComparer.Ordinal);
    }

    // A cluster shows a topic that was just made only after a moment: what is not seen is not checked, and nobody would be warned.
    private static async Task<Dictionary<string, TopicMetadata>> ReadMadeAsync(
        IAdminClient admin, TopicAdminOptions options, List<string> made, CancellationToken cancellation)
    {
        var found = await ReadAsync(admin, options);
        for (var i = 0; i < ReadsMax && !made.TrueForAll(found.ContainsKey); i++)
        {
            await Task.Delay(ReadPause, TimeProvider.System, cancellation);
            found = await ReadAsync(admin, options);
        }

        return found;
    }

    private static async Task CreateAsync(IAdminClient admin, TopicAdminOptions options, string[] missing, TopicFindings findings)
    {
        if (!options.Create)
        {
            findings.Problems.AddRange(missing.Select(name => $"Topic {name} does not exist. Make it: {CreateCommand(options, name)}"));
            return;
        }

        foreach (var name in missing)
        {
            // Replication -1 is the broker's default.
            var topic = new TopicSpecification { Name = name, NumPartitions = options.PartitionCount, ReplicationFactor = -1 };
            try
            {
                await admin.CreateTopicsAsync([topic], new CreateTopicsOptions { RequestTimeout = options.Timeout });
                findings.Created.Add(name);
            }
            catch (CreateTopicsException failure) when (failure.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
            {
                // Another gateway was faster.
            }
            catch (CreateTopicsException failure)
            {
                var reason = failure.Results[0].Error.Reason;
                findings.Problems.Add($"Topic {name} does not exist and cannot be made ({reason}): {CreateCommand(options, name)}");
            }
        }
    }

    private static async Task CheckConfigurationAsync(
        IAdminClient admin, TopicAdminOptions options, IEnumerable<string> names, TopicFindings findings)
    {
        try
        {
            var resources = names.Select(name => new ConfigResource { Type = ResourceType.Topic, Name = name }).ToList();
            if (resources.Count == 0)
            {
                return;
            }

            var limits = new DescribeConfigsOptions { RequestTimeout = options.Timeout };
            foreach (var result in await admin.DescribeConfigsAsync(resources, limits))
            {
                TopicChecks.Configuration(options, result.ConfigResource.Name, result.Entries, findings);
            }
        }
        catch (KafkaException failure)
        {
            findings.Warnings.Add($"The topics' configuration cannot be read and was not checked: {failure.Error.Reason}");
        }
    }
}
