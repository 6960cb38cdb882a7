using System.CommandLine;
using AdTracking.Cli.Addresses;
using AdTracking.Cli.CommandLine;

namespace AdTracking.Cli.Sending;

/// <summary><c>adtracking send impression|click|engagement</c>.</summary>
internal static class SendCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var kind = new Argument<string>("event") { Description = "impression, click or engagement" };
        kind.AcceptOnlyFromAmong("impression", "click", "engagement");
        var count = CommonOptions.Number("--count", "How many events", 1, 1);
        var rate = CommonOptions.Number("--rate", "Events a second; 0: as fast as they are answered", 0, 0);
        var batch = CommonOptions.Number("--batch", "Events a request", 1, 1);
        var connections = CommonOptions.Number("--connections", "Requests under way at once", 4, 1);
        var gateway = CommonOptions.Address("--gateway", "Address of the gateway; otherwise the one that runs on --data");
        var data = CommonOptions.Data();
        var command = new Command("send", "Sends realistic synthetic events, marked as test; prints a summary of the outcomes as JSON")
        {
            kind, count, rate, batch, connections, gateway, data,
        };
        command.SetAction(async (result, cancellation) =>
        {
            var options = new SendOptions(
                Gateway: result.GetValue(gateway) ?? RunningGateway.Find(result.GetRequiredValue(data), "--gateway").Http,
                Kind: result.GetRequiredValue(kind),
                Count: result.GetValue(count),
                Rate: result.GetValue(rate),
                Batch: result.GetValue(batch),
                Connections: result.GetValue(connections));
            var summary = await Sender.RunAsync(options, Console.Error, TimeProvider.System, cancellation);
            await Console.Out.WriteLineAsync(summary.ToJson());
            if (summary.Answered == 0)
            {
                throw new UnavailableException($"{options.Gateway} does not answer.");
            }

            return summary.Accepted == options.Count ? ExitCodes.Done : ExitCodes.NotAllAccepted;
        });
        return command;
    }
}
