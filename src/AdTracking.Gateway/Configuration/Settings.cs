namespace AdTracking.Gateway.Configuration;

/// <summary>What the start has to go by: the options, and everything that is wrong or odd about where they came from.</summary>
internal sealed class Settings
{
    public required GatewayOptions Options { get; init; }

    /// <summary>The merged sources, for <c>Logging:*</c>.</summary>
    public required IConfiguration Source { get; init; }

    /// <summary>Any entry stops the start.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
