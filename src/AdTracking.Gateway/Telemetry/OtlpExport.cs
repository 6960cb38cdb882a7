using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Pushes the metrics over OTLP. Made only when an endpoint is set; otherwise nothing leaves the process.</summary>
internal static class OtlpExport
{
    public static MeterProvider Start(string endpoint, string edgeId, string version)
    {
        var address = new Uri(endpoint);
        return Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("adtracking-gateway", serviceVersion: version, serviceInstanceId: edgeId))
            .AddMeter("AdTracking.*", "System.Runtime")
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = address;
                exporter.Protocol = address.AbsolutePath.EndsWith("/v1/metrics", StringComparison.Ordinal)
                    ? OtlpExportProtocol.HttpProtobuf
                    : OtlpExportProtocol.Grpc;
            })
            .Build();
    }
}
