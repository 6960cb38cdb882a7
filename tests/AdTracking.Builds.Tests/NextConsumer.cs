using AdTracking.Testing;

namespace AdTracking.Builds.Tests;

/// <summary>A consumer as somebody outside writes one, built in the copy of the sources with the classes that were generated there, and run
/// as a process with a consumer group of its own: it prints the id and the new field of every impression.</summary>
internal static class NextConsumer
{
    private const string Name = "NextConsumer";

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <GenerateDocumentationFile>false</GenerateDocumentationFile>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../AdTracking.Emitter/AdTracking.Emitter.csproj" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using AdTracking.Avro.Registry;
        using AdTracking.Emitter.Serdes;
        using AdTracking.Events;
        using Confluent.Kafka;

        using var http = new HttpClient();
        var registry = new SchemaRegistryClient(http, SchemaRegistryOptions.Of(args[1]));
        var config = new ConsumerConfig { BootstrapServers = args[0], GroupId = "next-consumer", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<Ignore, AdImpression?>(config)
            .SetValueDeserializer(new RecordDeserializer<AdImpression>(registry)).Build();
        consumer.Subscribe(args[2]);
        for (var left = int.Parse(args[3]); left > 0; left--)
        {
            var impression = consumer.Consume(CancellationToken.None).Message.Value!;
            Console.WriteLine($"{impression.EventId} = {impression.CreativeNote}");
        }

        consumer.Close();
        """;

    /// <summary>Builds it.</summary>
    public static async Task BuildAsync(NextRevision revision)
    {
        revision.Write($"src/{Name}/{Name}.csproj", Project);
        revision.Write($"src/{Name}/Program.cs", Program);
        (await revision.BuildAsync(Name)).Succeeded("build of the consumer");
    }

    /// <summary>Reads a number of impressions from the topic's beginning, while they are written: what each had, by its id.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        NextRevision revision, string bootstrapServers, Uri registry, string topic, int count)
    {
        string[] arguments = [bootstrapServers, registry.ToString(), topic, $"{count}"];
        var run = await ToolProcess.RunAsync(revision.PathOf($"src/{Name}/bin/Release/net10.0/{Name}"), arguments, TimeSpan.FromMinutes(3));
        return run.Succeeded("the consumer").Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(" = ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }
}
