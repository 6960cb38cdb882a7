using System.CommandLine;
using AdTracking.Load;

var root = new RootCommand("A load generator for HTTP/1.1: open and closed loop, scenarios from files, thresholds that decide the exit code.")
{
    RunCommand.Create(),
};
var result = root.Parse(args);
if (result.Errors.Count == 0)
{
    return await result.InvokeAsync();
}

foreach (var error in result.Errors)
{
    await Console.Error.WriteLineAsync(error.Message);
}

return ExitCodes.Usage;
