using System.CommandLine;
using AdTracking.Cli;
using AdTracking.Cli.Journals;
using AdTracking.Cli.Sending;
using AdTracking.Cli.Tailing;
using AdTracking.Cli.Verifying;
using AdTracking.SchemaTool;

var root = new RootCommand("AdTracking from the command line: sends synthetic ad events to a gateway, shows what stands in Kafka and in its journal.")
{
    SendCommand.Create(),
    TailCommand.Create(),
    VerifyCommand.Create(),
    JournalCommand.Create(),
    ToolCommand.CreateCommand("schema", Console.Out, Console.Error),
};
return await Run.AsCommandLineAsync(root, args);
