using System.Text.Json;
using AdTracking.Oracle;

if (OracleOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(OracleOptions.Usage);
    return 64;
}

using var run = new OracleRun(options);
var report = run.Run();
Console.Out.WriteLine(JsonSerializer.Serialize(report, OracleRun.Json));
return report.IsClean ? 0 : report.ReadToTheEnd || report.Missing > 0 ? 2 : 75;
