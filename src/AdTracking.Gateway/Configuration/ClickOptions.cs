namespace AdTracking.Gateway.Configuration;

internal sealed class ClickOptions
{
    /// <summary>Hosts that a click may be redirected to: <c>example.com</c>, <c>*.example.com</c> (any depth, not the bare domain),
    /// <c>example.com:8443</c> (that port; without one, only the scheme's own port).</summary>
    public List<string> AllowedHosts { get; } = [];
}
