using System.CommandLine;
using AdTracking.Cli.Addresses;
using AdTracking.Cli.CommandLine;
using AdTracking.Emitter.Kafka;

namespace AdTracking.Cli.Verifying;

/// <summary><c>adtracking verify</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var window = new Option<string>("--window")
        {
            Description = "What to compare, by received_ts: so long back from now (90m, 24h, 2d), or FROM/TO as times with a zone",
            DefaultValueFactory = _ => "24h",
        };
        window.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !VerifyWindow.TryParse(result.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out _, out _))
            {
                result.AddError("--window must be like 90m, 24h, 2d or 2026-11-20T00:00:00Z/2026-11-21T00:00:00Z.");
            }
        });
        var edge = new Option<string?>("--edge") { Description = "Only the events of this gateway (its Edge:Id)", HelpName = "ID" };
        var json = new Option<bool>("--json") { Description = "One JSON document instead of lines for people" };
        var names = new TopicNames();
        var impression = Topic("--impression", names.Impression);
        var click = Topic("--click", names.Click);
        var engagement = Topic("--engagement", names.Engagement);
        var bad = Topic("--bad", names.Bad);
        var audit = Topic("--audit", names.Audit);
        var bootstrap = new Option<string?>("--bootstrap")
        {
            Description = "Kafka bootstrap servers; otherwise those of the gateway on --data",
            HelpName = "HOST:PORT",
        };
        var registry = CommonOptions.Address("--registry", "Schema Registry; otherwise that of the gateway on --data");
        var data = CommonOptions.Data();
        data.Description = "Data directory of a gateway on this machine: its addresses are read there, and it is asked for what it has not published yet";
        var command = new Command(
            "verify",
            "Holds the ledger against what Kafka has, by minute, class and publisher bucket: records that are missing, extra, doubled, changed. "
            + "Exit code 0: equal; 2: not")
        {
            window, edge, json, impression, click, engagement, bad, audit, bootstrap, registry, data,
        };
        command.SetAction(async (result, cancellation) =>
        {
            var isDataGiven = result.GetResult(data) is { Implicit: false };
            var gateway = isDataGiven || result.GetValue(bootstrap) is null || result.GetValue(registry) is null
                ? RunningGateway.Find(result.GetRequiredValue(data), "--bootstrap and --registry")
                : null;
            _ = VerifyWindow.TryParse(result.GetRequiredValue(window), TimeProvider.System.GetUtcNow(), out var from, out var to);
            var options = new VerifyOptions(
                BootstrapServers: result.GetValue(bootstrap) ?? gateway!.Kafka,
                Registry: result.GetValue(registry) ?? gateway!.Registry,
                Topics: new TopicNames
                {
                    Impression = result.GetRequiredValue(impression),
                    Click = result.GetRequiredValue(click),
                    Engagement = result.GetRequiredValue(engagement),
                    Bad = result.GetRequiredValue(bad),
                    Audit = result.GetRequiredValue(audit),
                },
                From: from,
                To: to,
                Edge: result.GetValue(edge),
                Admin: isDataGiven || result.GetValue(bootstrap) is null ? gateway!.Admin : null,
                IsJson: result.GetValue(json));
            using var verification = new Verification(options, TimeProvider.System);
            var report = await verification.RunAsync(cancellation);
            await report.WriteAsync(Console.Out);
            return report.IsEqual ? ExitCodes.Done : ExitCodes.NotEqual;
        });
        return command;
    }

    private static Option<string> Topic(string name, string standard) => new(name)
    {
        Description = $"The topic, or a copy of it, in place of {standard}",
        DefaultValueFactory = _ => standard,
        HelpName = "TOPIC",
    };
}
