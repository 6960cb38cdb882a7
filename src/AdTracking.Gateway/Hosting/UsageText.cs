using AdTracking.Gateway.Configuration;

namespace AdTracking.Gateway.Hosting;

/// <summary>What <c>--help</c> prints.</summary>
internal static class UsageText
{
    /// <summary>The usage, and every setting with its default.</summary>
    public static string Describe() => $"""
        adtracking-gateway [--Section:Name=value ...]    runs the gateway until SIGTERM or SIGINT
        adtracking-gateway --check [--Section:Name=value ...]
                                                         checks the settings without starting: exit code 0 when they are valid, 78 when not
        adtracking-gateway --version                     prints the version
        adtracking-gateway --help                        prints this

        A setting can also be given in appsettings.json beside the executable, or in the environment: ADTRACKING_Section__Name=value.
        The command line overrides the environment, and the environment overrides the file.

        Settings and their defaults:
        {EffectiveSettings.Describe(new GatewayOptions())}

        Exit codes: 0 drained, 70 internal error, 74 the data directory cannot be used, 78 configuration, 130 a second signal.
        """;
}
