namespace AdTracking.Gateway.Configuration;

internal sealed class ProxyOptions
{
    /// <summary>Addresses or CIDR ranges whose <c>X-Forwarded-For</c> is believed.</summary>
    public List<string> Trusted { get; } = [];
}
