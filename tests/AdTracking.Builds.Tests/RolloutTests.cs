using System.Net.Http.Json;
using System.Text.Json;
using AdTracking.Events;
using AdTracking.SchemaRegistry;
using AdTracking.Serdes;
using AdTracking.Testing;
using Confluent.Kafka;

namespace AdTracking.Builds.Tests;

/// <summary>Lives through a rollout: a schema with one field more is approved by the gate, registered, and written by new gateways beside
/// old ones, while old and new consumers and Kafka Connect read on. Then a change that would break readers is refused wherever it could
/// come in.</summary>
[Collection(RealParts.Name)]
public sealed class RolloutTests(RealParts parts, ITestOutputHelper output) : IDisposable
{
    private const string Field = $$"""{ "name": "creative_note", "type": ["null", "string"], "default": null, {{Rest}} }""";
    private const string WithoutDefault = $$"""{ "name": "creative_note", "type": "string", {{Rest}} }""";
    private const string Rest = """
        "doc": "A note of the creative.", "adt.query": "crn", "adt.maxLength": 64, "adt.macro": "optional"
        """;

    private const int Batch = 200;
    private const int Rounds = 4;

    private readonly Topics _topics = new("rollout.");
    private readonly TemporaryDirectory _folder = new("rollout");
    private readonly NextRevision _next = new();
    private readonly HttpClient _http = new();

    private string Subject => _topics.Impression + "-value";

    public void Dispose()
    {
        _http.Dispose();
        _next.Dispose();
        _folder.Dispose();
    }

    [RequiresFact(Tool.ConnectPlugins, Tool.Registry, Tool.NodePackages)]
    public async Task Rollout_FieldWithDefault_NobodySeesAnErrorAndNoEventIsLost()
    {
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        var client = new SchemaRegistryClient(_http, new SchemaRegistryOptions { BaseAddress = registry.Url });
        var sent = new List<string>();

        // The present: gateway, consumers and Connect at work.
        await using var older = await GatewayProcess.StartAsync(_topics.Settings(kafka.BootstrapServers, registry.Url));
        (await SchemaToolAsync("set-compatibility", "--subject", $"{Subject}=FULL_TRANSITIVE", "--registry", $"{registry.Url}")).Succeeded("level");
        await using var follower = TopicFollower.Start(kafka.BootstrapServers, _topics.Impression);
        await SendAsync(older.Http, sent, note: false);
        // At full length only: IcebergTests lands a topic of one revision in every run.
        await using var connect = Scale.IsLong ? await ConnectAsync(kafka, registry) : null;

        // A change that breaks readers is refused by the gate, by the build and by the registry, on the field's line.
        string[] register = ["register", "--subject", $"{Subject}={_next.SchemaFile}", "--registry", $"{registry.Url}"];
        var breaks = $"AdImpression.avsc({_next.Add(WithoutDefault)},5): error ADT4006: ";
        ShouldRefuse(await SchemaToolAsync(["test-local", .. _next.Folders]), breaks);
        ShouldRefuse(await _next.BuildAsync("AdTracking.Events"), breaks);
        ShouldRefuse(await SchemaToolAsync(register), breaks);
        (await client.GetVersionsAsync(Subject)).ShouldBe([1]);

        // With a default it is approved, built, released and registered.
        _next.Replace(WithoutDefault, Field);
        (await SchemaToolAsync(["test-local", .. _next.Folders])).Succeeded("test-local");
        (await _next.BuildAsync("AdTracking.Events", "GenerateSchemas")).Succeeded("generate");
        (await _next.BuildAsync("AdTracking.Gateway")).Succeeded("build");
        (await _next.BuildAsync("AdTracking.Events", "ReleaseSchemas")).Succeeded("release");
        File.Exists(_next.PathOf("schemas/released/ad.impression-value/v2.avsc")).ShouldBeTrue();
        (await SchemaToolAsync(register)).Succeeded("register").Output.ShouldStartWith($"{Subject}: registered as version 2, id ");
        await NextConsumer.BuildAsync(_next);

        // The rollout: the new gateway beside the old one, both taking events, a consumer of each revision reading them.
        var settings = _topics.Settings(kafka.BootstrapServers, registry.Url);
        settings["Registry:AutoRegister"] = "false";
        await using var newer = await GatewayProcess.StartAsync(settings, wrapper: _next.Gateway);
        var newConsumer = NextConsumer.ReadAsync(_next, kafka.BootstrapServers, registry.Url, _topics.Impression, sent.Count + (2 * Rounds * Batch));
        for (var i = 0; i < Rounds; i++)
        {
            await SendAsync(older.Http, sent, note: false);
            await SendAsync(newer.Http, sent, note: true);
        }

        await follower.WaitForCountAsync(sent.Count, TimeSpan.FromSeconds(60));
        ReadByTheOld(client, [.. follower.Records.Select(record => record.Value)], sent);
        (await newConsumer).ShouldBe(sent.ToDictionary(id => id, id => IsNew(id) ? "note of " + id : ""), ignoreOrder: true);
        if (connect is not null)
        {
            await LandedAsync(connect, sent);
        }

        var landed = connect is null ? "" : " and landed in Iceberg";
        TestReport.Line(output, $"rollout: {sent.Count} events of two revisions, read by consumers of both{landed}");
    }

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Start_VersionThatWasForcedIntoTheRegistry_IsRefused()
    {
        var forced = new Topics("forced.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        var client = new SchemaRegistryClient(_http, new SchemaRegistryOptions { BaseAddress = registry.Url });
        var subject = forced.Impression + "-value";
        // The registry's own level is BACKWARD here: it does not ask whether the readers of version 1 can read version 2.
        const string First = "\"fields\": [";
        const string Mandatory = First + "{ \"name\": \"gone\", \"type\": \"string\" },";
        await client.RegisterAsync(subject, AdImpression.SchemaJson.Replace(First, Mandatory, StringComparison.Ordinal));
        await client.RegisterAsync(subject, AdImpression.SchemaJson);

        await using var gateway = GatewayProcess.Launch(forced.Settings(kafka.BootstrapServers, registry.Url));
        await gateway.WaitForAddressesAsync();

        await Poll.UntilAsync(
            () => gateway.Output.Contains($"Version 2 of {subject} breaks readers of version 1", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60),
            () => gateway.Output);
        using var ready = await _http.GetAsync(new Uri(gateway.Admin, "/ready"));
        ((int)ready.StatusCode).ShouldBe(503);
    }

    private static Task<ProcessOutcome> SchemaToolAsync(params string[] arguments) =>
        ToolProcess.RunAsync(Repository.Executable("AdTracking.SchemaTool", "adtracking-schema"), arguments);

    private static void ShouldRefuse(ProcessOutcome run, string problem)
    {
        run.ExitCode.ShouldBe(1, run.Output + run.Errors);
        run.Output.ShouldContain(problem);
    }

    private static bool IsNew(string eventId) => eventId.StartsWith("new", StringComparison.Ordinal);

    private async Task SendAsync(Uri gateway, List<string> sent, bool note)
    {
        var events = Enumerable.Range(sent.Count, Batch).Select(i => new Dictionary<string, object>
        {
            ["event_name"] = "impression",
            ["event_id"] = $"{(note ? "new" : "old")}-{i}",
            ["ad_serving_id"] = $"serving-{i % 50}",
            ["publisher_id"] = "p",
        }).ToArray();
        foreach (var one in note ? events : [])
        {
            one["creative_note"] = "note of " + one["event_id"];
        }

        using var answer = await _http.PostAsJsonAsync(new Uri(gateway, "/v1/events"), events);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        sent.AddRange(events.Select(one => (string)one["event_id"]));
    }

    // A consumer of the old revision, with its class.
    private void ReadByTheOld(SchemaRegistryClient client, byte[][] values, List<string> sent)
    {
        var context = new SerializationContext(MessageComponentType.Value, _topics.Impression);
        var consumer = new RecordDeserializer<AdImpression>(client);
        AdImpression[] read = [.. values.Select(value => consumer.Deserialize(value, isNull: false, context)!)];
        read.Select(one => one.EventId).ShouldBe(sent, ignoreOrder: true);
    }

    private async Task<ConnectWorker> ConnectAsync(KafkaCluster kafka, RegistryServer registry)
    {
        await kafka.CreateTopicsAsync(1, "control-rollout");
        return ConnectWorker.Start(
            _folder, IcebergSink.Worker(_folder, kafka, registry), IcebergSink.Connector(_folder, _topics.Impression, "control-rollout"));
    }

    private async Task LandedAsync(ConnectWorker connect, List<string> sent)
    {
        await File.WriteAllLinesAsync(_folder.PathOf("sent.csv"), ["event_id,price_cpm_micros", .. sent.Select(id => id + ",0")]);
        string[] arguments = [_folder.PathOf("warehouse/ads/impression"), _folder.PathOf("sent.csv"), "90"];
        var outcome = await ToolProcess.NodeAsync("iceberg.mjs", arguments, TimeSpan.FromSeconds(120));
        using var json = JsonDocument.Parse(outcome.Succeeded($"iceberg.mjs\n{IcebergSink.Errors(connect.LogFile)}").Output);
        var landed = json.RootElement;
        landed.GetProperty("landed").GetInt32().ShouldBe(sent.Count, IcebergSink.Errors(connect.LogFile));
        landed.GetProperty("missing").GetInt32().ShouldBe(0);
        landed.GetProperty("strange").GetInt32().ShouldBe(0);
        landed.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).ShouldContain("creative_note");
    }
}
