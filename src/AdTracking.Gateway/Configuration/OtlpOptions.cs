namespace AdTracking.Gateway.Configuration;

internal sealed class OtlpOptions
{
    /// <summary>Where metrics are pushed over OTLP/gRPC (or OTLP/HTTP for a path that ends in /v1/metrics). Empty: nowhere.</summary>
    public string Endpoint { get; set; } = "";
}
