using System.Collections;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;

namespace AdTracking.Gateway.Hosting;

/// <summary>From the command line to the exit code.</summary>
internal static class GatewayProcess
{
    private const string Check = "--check";

    public static async Task<int> RunAsync(string[] arguments, IDictionary environment, TextWriter output, TextWriter errors)
    {
        if (arguments.Any(argument => argument is "--help" or "-h"))
        {
            await output.WriteLineAsync(UsageText.Describe());
            return ExitCode.Done;
        }

        if (arguments.Contains("--version"))
        {
            await output.WriteLineAsync(ProductVersion.Text);
            return ExitCode.Done;
        }

        var settings = SettingsLoader.Load([.. arguments.Where(argument => argument != Check)], environment, AppContext.BaseDirectory);
        if (settings.Problems.Count > 0)
        {
            await errors.WriteLineAsync($"The settings have {settings.Problems.Count} problem(s):");
            foreach (var problem in settings.Problems)
            {
                await errors.WriteLineAsync("  " + problem);
            }

            return ExitCode.Configuration;
        }

        return arguments.Contains(Check) ? await ReportAsync(settings, output) : await StartAsync(settings, output, errors);
    }

    private static async Task<int> ReportAsync(Settings settings, TextWriter output)
    {
        foreach (var warning in settings.Warnings)
        {
            await output.WriteLineAsync("warning: " + warning);
        }

        await output.WriteLineAsync("The settings are valid (* differs from the default):");
        await output.WriteLineAsync(EffectiveSettings.Describe(settings.Options));
        return ExitCode.Done;
    }

    private static async Task<int> StartAsync(Settings settings, TextWriter output, TextWriter errors)
    {
        SocketEngine.Configure(settings.Options.Http.SocketThreads);
        using var loggers = Loggers(settings.Source);
        var logger = loggers.CreateLogger("AdTracking.Gateway");
        var effective = EffectiveSettings.Describe(settings.Options);
        Log.Settings(logger, ProductVersion.Text, effective);
        foreach (var warning in settings.Warnings)
        {
            Log.SettingsWarning(logger, warning);
        }

        try
        {
            await RunAsync(settings.Options, loggers, logger, output);
            return ExitCode.Done;
        }
        catch (StartRefusedException refusal)
        {
            await errors.WriteLineAsync(refusal.Message);
            return refusal.Code;
        }
        catch (Exception failure)
        {
            Log.InternalError(logger, failure);
            return ExitCode.InternalError;
        }
    }

    private static async Task RunAsync(GatewayOptions options, ILoggerFactory loggers, ILogger logger, TextWriter output)
    {
        using var signals = new StopSignals();
        try
        {
            await RunAsync(options, loggers, logger, output, signals);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            // A signal while starting: nothing was accepted, so there is nothing to drain.
        }
    }

    private static async Task RunAsync(GatewayOptions options, ILoggerFactory loggers, ILogger logger, TextWriter output, StopSignals signals)
    {
        await using var host = await GatewayStart.RunAsync(options, loggers, TimeProvider.System, signals.First);
        var notify = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (host.IsEmbedded)
        {
            Log.Embedded(logger);
        }

        Log.OpenRoutes(logger);
        Log.Listening(logger, host.Addresses.Http, host.Addresses.Admin, host.Addresses.Kafka, host.Addresses.Registry);
        var journal = host.Pipeline.Snapshot().Journal;
        await output.WriteLineAsync(StartupNotice.Describe(host.Addresses, host.IsEmbedded, Path.GetFullPath(options.Data.Directory), journal));
        SystemdNotifier.Notify(notify, SystemdNotifier.Ready);

        var signal = await signals.WaitAsync();
        SystemdNotifier.Notify(notify, SystemdNotifier.Stopping);
        Log.Draining(logger, signal, options.Drain.DeadlineMs);
        await host.DrainAsync();
    }

    private static ILoggerFactory Loggers(IConfiguration source) => LoggerFactory.Create(logging =>
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddConfiguration(source.GetSection("Logging"));
        logging.AddConsole();
    });
}
