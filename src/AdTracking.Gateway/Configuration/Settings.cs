namespace AdTracking.Gateway.Configuration;

/// <summary>What the start works with: the options, and everything that is wrong or odd in their sources.</summary>
internal sealed class Settings
{
    public required GatewayOptions Options { get; init; }

    /// <summary>The merged sources, for <c>Logging:*</c>.</summary>
    public required IConfiguration Source { get; init; }

    /// <summary>Any entry ends the start.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
