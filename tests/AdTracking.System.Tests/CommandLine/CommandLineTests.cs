using System.Net;
using System.Text.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.CommandLine;

/// <summary>The command line against a running gateway, as a user types it.</summary>
public sealed class CommandLineTests(ITestOutputHelper output)
{
    private static string Executable => Repository.Executable("AdTracking.Cli", "adtracking");

    [Fact]
    public async Task SendAndTail_RunningGateway_ShowTheSameEvents()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        foreach (var kind in (string[])["impression", "click", "engagement"])
        {
            var sent = await RunAsync("send", kind, "--count", "25", "--batch", "10", "--data", gateway.DataDirectory);
            sent.ExitCode.ShouldBe(0, sent.Errors);
            using var summary = JsonDocument.Parse(sent.Output);
            summary.RootElement.GetProperty("accepted").GetInt32().ShouldBe(25);
            summary.RootElement.GetProperty("requests").GetInt32().ShouldBe(3);
        }

        var tail = await RunAsync("tail", "--from-beginning", "--count", "75", "--timeout", "30", "--data", gateway.DataDirectory);

        tail.ExitCode.ShouldBe(0, tail.Errors);
        var lines = tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(75);
        lines.GroupBy(line => line.GetProperty("topic").GetString()).Select(group => $"{group.Key} {group.Count()}").Order()
            .ShouldBe(["ad.click 25", "ad.engagement 25", "ad.impression 25"]);
        lines.Select(line => line.GetProperty("event_id").GetString()).Distinct().Count().ShouldBe(75);
        lines.ShouldAllBe(line => line.GetProperty("test").GetBoolean());
        lines.Select(line => $"{line.GetProperty("topic")} {line.GetProperty("partition")} {line.GetProperty("offset")}")
            .Distinct().Count().ShouldBe(75);
        lines.ShouldAllBe(line => line.EnumerateObject().All(field => field.Value.ValueKind != JsonValueKind.Null && field.Value.GetRawText() != "{}"));
        await ReadAllFieldsOfOneTopicAsync(gateway.DataDirectory);
        await ReadWithAnotherSchemaAsync(gateway.DataDirectory);
        TestReport.Line(output, "command line: 75 sent in three classes, 75 shown by tail");
    }

    private static async Task ReadAllFieldsOfOneTopicAsync(string data)
    {
        var tail = await RunAsync(
            "tail", "--from-beginning", "--count", "25", "--timeout", "30", "--all", "--filter", "topic=ad.click", "--filter", "test=true", "--data", data);

        tail.ExitCode.ShouldBe(0, tail.Errors);
        var lines = tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(25);
        lines.ShouldAllBe(line => line.GetProperty("topic").GetString() == "ad.click");
        lines.ShouldAllBe(line => line.EnumerateObject().Any(field => field.Value.ValueKind == JsonValueKind.Null));
    }

    /// <summary>The minute in progress is not on the audit topic yet: the running gateway is asked, or nothing is claimed.</summary>
    [Fact]
    public async Task Verify_RightAfterSend_IsEqual()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        (await RunAsync("send", "impression", "--count", "20", "--data", gateway.DataDirectory)).ExitCode.ShouldBe(0);

        var asked = await RunAsync("verify", "--json", "--data", gateway.DataDirectory);
        using var addresses = JsonDocument.Parse(File.ReadAllText(Path.Combine(gateway.DataDirectory, "gateway.json")));
        string AddressOf(string name) => addresses.RootElement.GetProperty(name).GetString()!;
        var alone = await RunAsync("verify", "--bootstrap", AddressOf("kafka"), "--registry", AddressOf("registry"));

        asked.ExitCode.ShouldBe(0, asked.Output + asked.Errors);
        using var document = JsonDocument.Parse(asked.Output);
        document.RootElement.GetProperty("notJudged").GetInt64().ShouldBe(0);
        document.RootElement.GetProperty("asked").GetString().ShouldNotBeNullOrEmpty();
        var impressions = document.RootElement.GetProperty("sums")[0];
        (impressions.GetProperty("accepted").GetInt64(), impressions.GetProperty("inKafka").GetInt64()).ShouldBe((20, 20));
        alone.ExitCode.ShouldBe(0, alone.Output + alone.Errors);
        alone.Output.ShouldContain("20 records are later than their ledger and were not judged");
        alone.Output.ShouldNotContain("NOT EQUAL");
    }

    private static async Task ReadWithAnotherSchemaAsync(string data)
    {
        using var folder = new TemporaryDirectory("schema");
        File.WriteAllText(folder.PathOf("mine.avsc"), """
            {"type":"record","name":"AdClick","fields":[
              {"name":"invented_later","type":"int","default":7},
              {"name":"id","type":["null","string"],"aliases":["event_id"]}]}
            """);

        var tail = await RunAsync(
            "tail", "--topic", "ad.click", "--from-beginning", "--count", "25", "--timeout", "30", "--schema", folder.PathOf("mine.avsc"), "--data", data);

        tail.ExitCode.ShouldBe(0, tail.Errors);
        var lines = tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.ShouldAllBe(line => line.GetProperty("invented_later").GetInt32() == 7);
        lines.Select(line => line.GetProperty("id").GetString()).Distinct().Count().ShouldBe(25);
        lines.ShouldAllBe(line => line.EnumerateObject().Count() == 5);
    }

    [Fact]
    public async Task Tail_NothingComes_EndsWith3AfterTheTime()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var tail = await RunAsync("tail", "--topic", "ad.click", "--count", "1", "--timeout", "1", "--data", gateway.DataDirectory);

        tail.ExitCode.ShouldBe(3);
        tail.Output.ShouldBeEmpty();
        tail.Errors.ShouldContain("0 of 1");
    }

    [Fact]
    public async Task Send_NothingStored_CountsEachEventByItsResult()
    {
        var address = $"http://127.0.0.1:{FreePorts.Take()}/";
        using var gateway = new HttpListener { Prefixes = { address } };
        gateway.Start();
        var answering = Task.Run(async () =>
        {
            var request = await gateway.GetContextAsync();
            request.Response.StatusCode = 503;
            request.Response.Close(
                """{"results":[{"i":0,"outcome":"retry","code":"deadline"},{"i":1,"outcome":"rejected","code":"too_long"}]}"""u8.ToArray(),
                willBlock: true);
        });

        var sent = await RunAsync("send", "impression", "--count", "2", "--batch", "2", "--gateway", address);

        await answering;
        sent.ExitCode.ShouldBe(1);
        using var summary = JsonDocument.Parse(sent.Output);
        summary.RootElement.GetProperty("retry").GetInt32().ShouldBe(1);
        summary.RootElement.GetProperty("rejected").GetInt32().ShouldBe(1);
        summary.RootElement.GetProperty("codes").GetProperty("deadline").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Send_RefusedEvents_AreCountedAndTheExitCodeSaysSo()
    {
        await using var gateway = await GatewayProcess.StartAsync(new Dictionary<string, string> { ["Limits:EventsMax"] = "5" });

        var sent = await RunAsync("send", "impression", "--count", "10", "--batch", "10", "--gateway", gateway.Http.ToString());

        sent.ExitCode.ShouldBe(1);
        using var summary = JsonDocument.Parse(sent.Output);
        summary.RootElement.GetProperty("rejected").GetInt32().ShouldBe(10);
        summary.RootElement.GetProperty("codes").GetProperty("too_many_events").GetInt32().ShouldBe(10);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("send", "view")]
    [InlineData("send", "click", "--count", "0")]
    [InlineData("send", "click", "--gateway", "nonsense")]
    [InlineData("tail", "--timeout", "soon")]
    [InlineData("dance")]
    [InlineData("tail", "--no-such-option")]
    [InlineData("tail", "--filter", "topic")]
    [InlineData("schema", "validate", "no-such-directory")]
    public async Task WrongUse_AnyVerb_EndsWith64(params string[] arguments)
    {
        var outcome = await RunAsync(arguments);

        outcome.ExitCode.ShouldBe(64);
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.ShouldContain("--help");
    }

    [Theory]
    [InlineData("--help", "send")]
    [InlineData("send --help", "--rate")]
    [InlineData("tail --help", "--from-beginning")]
    [InlineData("schema --help", "set-compatibility")]
    [InlineData("schema register --help", "--dry-run")]
    public async Task Help_EveryVerb_NamesItsOptions(string arguments, string expected)
    {
        var outcome = await RunAsync(arguments.Split(' '));

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain(expected);
    }

    [Fact]
    public async Task Schema_OurSchemas_AreValidAsTheToolItselfSays()
    {
        var outcome = await RunAsync("schema", "validate", Repository.PathOf("src", "AdTracking.Events", "Schemas"));

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
    }

    [Theory]
    [InlineData("send", "click")]
    [InlineData("tail", "--count", "1")]
    public async Task NoGateway_AnyVerb_EndsWith69AndSaysWhatToDo(params string[] arguments)
    {
        using var folder = new TemporaryDirectory("empty");

        var outcome = await RunAsync([.. arguments, "--data", folder.FullPath]);

        outcome.ExitCode.ShouldBe(69);
        outcome.Errors.ShouldContain("--data");
    }

    private static Task<ProcessOutcome> RunAsync(params string[] arguments) => ToolProcess.RunAsync(Executable, arguments);
}
