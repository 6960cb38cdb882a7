using System.CommandLine;
using AdTracking.Avro.Parsing;
using AdTracking.Cli.Addresses;
using AdTracking.Cli.CommandLine;

namespace AdTracking.Cli.Tailing;

/// <summary><c>adtracking tail</c>.</summary>
internal static class TailCommand
{
    private static readonly string[] EventTopics = ["ad.impression", "ad.click", "ad.engagement"];

    private static Option<FileInfo> Schema()
    {
        var schema = new Option<FileInfo>("--schema")
        {
            Description = "A schema (.avsc) to read the records with, whatever version they were written in",
            HelpName = "FILE",
        }.AcceptExistingOnly();
        schema.Validators.Add(result =>
        {
            var file = result.Tokens[0].Value;
            if (File.Exists(file) && SchemaParser.Parse(File.ReadAllBytes(file)) is { Schema: null } parsed)
            {
                result.AddError($"{file}{parsed.Problems.First(problem => !problem.IsWarning)}");
            }
        });
        return schema;
    }

    private static Option<string[]> Filter()
    {
        var filter = new Option<string[]>("--filter")
        {
            Description = "Only records whose field has that value, such as publisher_id=pub-1 or ext.slot=top; given several times, all must hold",
            DefaultValueFactory = _ => [],
            HelpName = "FIELD=VALUE",
        };
        filter.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => FieldFilter.Parse(token.Value) is null))
            {
                result.AddError($"--filter must be like field=value, and is '{token.Value}'.");
            }
        });
        return filter;
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var topics = new Option<string[]>("--topic")
        {
            Description = "Topic; may be given several times",
            DefaultValueFactory = _ => EventTopics,
            HelpName = "T",
        };
        var fromBeginning = new Option<bool>("--from-beginning") { Description = "Also what stands there already" };
        var count = CommonOptions.Number("--count", "End after so many records; 0: never", 0, 0);
        var timeout = CommonOptions.Number("--timeout", "Seconds after which to end, with 3 if --count was not reached; 0: never", 0, 0);
        var bootstrap = new Option<string?>("--bootstrap")
        {
            Description = "Kafka bootstrap servers; otherwise those of the gateway on --data",
            HelpName = "HOST:PORT",
        };
        var registry = CommonOptions.Address("--registry", "Schema Registry; otherwise that of the gateway on --data");
        var schema = Schema();
        var all = new Option<bool>("--all") { Description = "Also fields that are null, and empty maps and lists" };
        var filter = Filter();
        var data = CommonOptions.Data();
        var command = new Command("tail", "Shows records of Kafka decoded by the schemas of the registry, one JSON object a line")
        {
            topics, fromBeginning, count, timeout, filter, all, schema, bootstrap, registry, data,
        };
        command.SetAction(async (result, cancellation) =>
        {
            var gateway = result.GetValue(bootstrap) is null || result.GetValue(registry) is null
                ? RunningGateway.Find(result.GetRequiredValue(data), "--bootstrap and --registry")
                : null;
            var seconds = result.GetValue(timeout);
            var options = new TailOptions(
                BootstrapServers: result.GetValue(bootstrap) ?? gateway!.Kafka,
                Registry: result.GetValue(registry) ?? gateway!.Registry,
                Topics: result.GetRequiredValue(topics),
                FromBeginning: result.GetValue(fromBeginning),
                Count: result.GetValue(count),
                Schema: result.GetValue(schema) is { } file ? SchemaParser.Parse(File.ReadAllBytes(file.FullName)).Required() : null,
                ShowsAll: result.GetValue(all),
                Filters: [.. result.GetRequiredValue(filter).Select(FieldFilter.Parse).OfType<FieldFilter>()],
                Timeout: seconds == 0 ? null : TimeSpan.FromSeconds(seconds));
            await using var output = Console.OpenStandardOutput();
            return await Tail.RunAsync(options, output, Console.Error, TimeProvider.System, cancellation);
        });
        return command;
    }
}
