using AdTracking.Emitter.Kafka;

namespace AdTracking.Benchmarks.Produce;

/// <summary>What to produce, and where to: <c>--name value</c> each.</summary>
public sealed record ProduceArguments
{
    public string? Bootstrap { get; init; }

    public int Events { get; init; } = 1_000_000;

    public int Bytes { get; init; } = 200;

    public int Partitions { get; init; } = 12;

    public int Seconds { get; init; } = 8;

    public int Rate { get; init; } = 10_000;

    public int? BrokerPid { get; init; }

    public ProducerKind Producer { get; init; }

    public static ProduceArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new ProduceArguments();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            arguments = args[i] switch
            {
                "--bootstrap" => arguments with { Bootstrap = value },
                "--events" => arguments with { Events = int.Parse(value) },
                "--bytes" => arguments with { Bytes = int.Parse(value) },
                "--partitions" => arguments with { Partitions = int.Parse(value) },
                "--seconds" => arguments with { Seconds = int.Parse(value) },
                "--rate" => arguments with { Rate = int.Parse(value) },
                "--broker-pid" => arguments with { BrokerPid = int.Parse(value) },
                "--producer" => arguments with { Producer = Enum.Parse<ProducerKind>(value, ignoreCase: true) },
                _ => throw new ArgumentException($"Unknown: {args[i]}", nameof(args)),
            };
        }

        return arguments;
    }

    /// <summary>Names that no other run has used.</summary>
    public static TopicNames FreshTopics(string run)
    {
        var stamp = $"{run}.{Environment.ProcessId}.{Environment.TickCount64}";
        return new TopicNames
        {
            Impression = $"bench.impression.{stamp}",
            Click = $"bench.click.{stamp}",
            Engagement = $"bench.engagement.{stamp}",
            Bad = $"bench.bad.{stamp}",
            Audit = $"bench.audit.{stamp}",
        };
    }
}
